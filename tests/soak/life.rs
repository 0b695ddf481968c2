//! What becomes of a payment once the shop has it.

use super::shop::{Belief, Intent, Shop};
use super::step::{Kind, Step};
use super::till::{Order, Till};

/// How often money of one payment is given back at most.
const REFUNDS: usize = 2;

impl<T: Till> Shop<T> {
    /// Goes on with a payment: what is held is captured, let go or left, and what was taken is given
    /// back. A step of which nothing is known is the last.
    pub async fn live(&mut self, order: &Order, payment: &str, held: bool) -> Vec<(Step, Belief)> {
        let mut steps = Vec::new();
        let (mut captured, mut refunded) = (order.amount, 0);
        let next = |kind, number| Step {
            kind,
            reference: format!("{}-{number}", order.reference),
            payment: payment.to_owned(),
            amount: order.amount,
            before: 0,
            left: order.amount,
            lot: order.lot,
        };
        if held {
            let (kind, amount) = match self.chance.below(10) {
                0 => return steps,
                1..3 => (Kind::Cancel, order.amount),
                _ => (Kind::Capture, self.some_of(order.amount)),
            };
            let step = self.step(Step { amount, ..next(kind, 0) }).await;
            let is_captured = kind == Kind::Capture && is_settled(&step);
            steps.push(step);
            if !is_captured {
                return steps;
            }
            captured = amount;
        }
        for number in 1..=REFUNDS {
            let left = captured - refunded;
            if left == 0 || self.chance.percent(40) {
                break;
            }
            let too_much = self.chance.percent(5);
            let amount = if too_much { left + 1 } else { self.some_of(left) };
            let step = Step { amount, before: refunded, left, ..next(Kind::Refund, number) };
            let step = self.step(step).await;
            let is_over = step.1 == Belief::Unknown;
            if is_settled(&step) {
                refunded += amount;
            }
            steps.push(step);
            if is_over {
                break;
            }
        }
        steps
    }

    /// All of it, or a part that is small enough to be taken twice by mistake.
    fn some_of(&self, amount: i64) -> i64 {
        let most = u64::try_from(amount / 2).expect("an amount");
        if most == 0 || self.chance.percent(25) {
            return amount;
        }
        1 + i64::try_from(self.chance.below(most)).expect("an amount")
    }

    async fn step(&mut self, step: Step) -> (Step, Belief) {
        let belief = self.take(Intent::Step(&step)).await;
        (step, belief)
    }
}

fn is_settled((_, belief): &(Step, Belief)) -> bool {
    matches!(belief, Belief::Settled { .. })
}
