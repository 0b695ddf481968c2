//! What a cell is told by tracing: all of it, at every level.

use std::cell::RefCell;
use std::fmt::{self, Write as _};

use tracing::field::{Field, Visit};
use tracing::instrument::WithSubscriber as _;
use tracing::span::{Attributes, Id, Record};
use tracing::{Dispatch, Event, Metadata, Subscriber};

tokio::task_local! {
    static TOLD: RefCell<String>;
}

/// Writes down whatever is told while a cell is at work.
struct Scribe;

/// A subscriber for all cells. Each gets what is told in its own task.
pub fn scribe() -> Dispatch {
    Dispatch::new(Scribe)
}

/// Runs `work`, and gives what was told meanwhile too.
pub async fn listened<T>(scribe: &Dispatch, work: impl Future<Output = T>) -> (T, String) {
    let work = async {
        let done = work.await;
        (done, TOLD.with(RefCell::take))
    };
    TOLD.scope(RefCell::default(), work.with_subscriber(scribe.clone())).await
}

struct Pen<'a>(&'a mut String);

impl Visit for Pen<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let _ = write!(self.0, "{}={value:?} ", field.name());
    }
}

fn write(what: impl FnOnce(&mut Pen<'_>)) {
    let _ = TOLD.try_with(|told| what(&mut Pen(&mut told.borrow_mut())));
}

impl Subscriber for Scribe {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        write(|pen| span.record(pen));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        write(|pen| values.record(pen));
    }

    fn event(&self, event: &Event<'_>) {
        write(|pen| event.record(pen));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
