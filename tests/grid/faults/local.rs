//! What goes wrong on this side.

use std::time::Duration;

use super::{answered, good_and_closed};
use crate::grid::fault::{End, Fault, Scene, fault};

pub fn faults() -> Vec<Fault> {
    let busy = |name, hint: &'static str| {
        fault(name, move |_| Some(answered(429, &[("retry-after", hint)], ""))).status(429)
    };
    let dated = [
        ("date", "Thu, 01 Jan 2026 00:00:00 GMT"),
        ("retry-after", "Thu, 01 Jan 2026 00:00:02 GMT"),
    ];
    vec![
        // It would be over by the end of the wait.
        Fault {
            deadline: Duration::from_secs(3),
            ..busy("deadline within the wait", "5").ends(End::Refused)
        },
        Fault {
            jumps: true,
            ..fault("the clock jumps by hours", move |_| Some(answered(503, &dated, "")))
                .status(503)
        },
        Fault { poor: true, ..busy("repeats cost too much", "1").ends(End::Refused) },
        fault("the runtime of the kept connection is gone", |row| Some(good_and_closed(row)))
            .at(Scene::Orphaned)
            .ends(End::Succeeds),
    ]
}
