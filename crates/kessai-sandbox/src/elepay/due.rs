//! What happens because time passes.
//!
//! Nothing runs in the background: whoever looks at the state first lets it catch up with the
//! clock, one deed after another in the order of their times.

use super::state::State;
use super::{codes, invoices, subscriptions};

/// When something of a kind is due next, and the id of the thing.
type Next = fn(&State) -> Option<(i64, String)>;

/// Does what is due with the thing of this id, and at least makes it due no more.
type Deed = fn(&mut State, &str);

const DEEDS: [(Next, Deed); 3] = [
    (codes::next_due, codes::expire),
    (invoices::next_due, invoices::expire),
    (subscriptions::next_due, subscriptions::come_due),
];

/// More than a test means to happen at once; so that a clock at the end of time does not leave the
/// sandbox billing days until then.
const MOST: usize = 10_000;

impl State {
    /// Lets everything happen that was due by `now`, each at its own time.
    pub(super) fn catch_up(&mut self, now: i64) {
        for _ in 0..MOST {
            let due = DEEDS.iter().filter_map(|(next, deed)| Some((next(self)?, deed)));
            let Some(((time, id), deed)) = due.min_by_key(|((time, _), _)| *time) else { break };
            if time > now {
                break;
            }
            self.now = self.now.max(time);
            deed(self, &id);
        }
        self.now = self.now.max(now);
    }
}
