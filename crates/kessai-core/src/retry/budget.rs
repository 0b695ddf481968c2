//! What a client may spend on repeats.

use std::sync::atomic::{AtomicU32, Ordering};

/// The points that a client has left. Never more than it began with.
#[derive(Debug)]
pub(crate) struct Budget {
    size: u32,
    left: AtomicU32,
}

impl Budget {
    pub(crate) fn new(size: u32) -> Self {
        Self { size, left: AtomicU32::new(size) }
    }

    /// Pays `cost`; if there is not enough, nothing is paid.
    pub(crate) fn pay(&self, cost: u32) -> bool {
        self.change(|left| left.checked_sub(cost))
    }

    /// Brings back `points`.
    pub(crate) fn earn(&self, points: u32) {
        self.change(|left| Some(left.saturating_add(points).min(self.size)));
    }

    fn change(&self, to: impl Fn(u32) -> Option<u32>) -> bool {
        // It guards nothing but itself.
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, to).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(budget: &Budget) -> u32 {
        budget.left.load(Ordering::Relaxed)
    }

    #[test]
    fn who_cannot_pay_pays_nothing() {
        let budget = Budget::new(25);
        assert_eq!([budget.pay(10), budget.pay(20), budget.pay(10)], [true, false, true]);
        assert_eq!(left(&budget), 5);
        assert!(budget.pay(0) && budget.pay(5) && !budget.pay(1));
    }

    #[test]
    fn nobody_gets_richer_than_in_the_beginning() {
        let budget = Budget::new(100);
        budget.earn(1);
        assert_eq!(left(&budget), 100);
        assert!(budget.pay(3));
        budget.earn(1);
        assert_eq!(left(&budget), 98);
        budget.earn(u32::MAX);
        assert_eq!(left(&budget), 100);
    }

    #[test]
    fn two_who_pay_at_once_both_pay() {
        let budget = Budget::new(1000);
        let paid = || (0..500).filter(|_| budget.pay(3)).count();
        let paid = std::thread::scope(|scope| {
            let others = [scope.spawn(paid), scope.spawn(paid)];
            others.map(|it| it.join().expect("nobody panics")).iter().sum::<usize>()
        });
        assert_eq!((paid, left(&budget)), (333, 1));
    }
}
