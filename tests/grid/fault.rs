//! Faults as data: what the server does, and how the call must end.

use std::sync::Arc;
use std::time::Duration;

use kessai_core::Outcome;

use super::row::{Kind, Row};
use crate::script::Act;

/// How a call must end, and so how often it is tried.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum End {
    /// Nothing was sent; that is tried again by every call.
    NotSent,
    /// The answer is lost, and may come next time: tried again where that does nothing twice.
    Lost,
    /// Nobody knows, and trying again would not tell.
    Odd,
    /// The provider said no.
    Refused,
    /// The provider asked for fewer requests; that is tried again by every call.
    Throttled,
    /// It succeeds all the same.
    Succeeds,
    /// Chance decides between a success and an error; whichever it is must be true.
    Sound,
}

impl End {
    /// What the error must say; nothing if there must be none.
    pub fn outcome(self) -> Option<Outcome> {
        match self {
            Self::NotSent => Some(Outcome::NotSent),
            Self::Lost | Self::Odd => Some(Outcome::Unknown),
            Self::Refused | Self::Throttled => Some(Outcome::Refused),
            Self::Succeeds | Self::Sound => None,
        }
    }

    /// How often a call of this kind is tried.
    pub fn tries(self, kind: Kind) -> usize {
        match self {
            Self::NotSent | Self::Throttled => 3,
            Self::Lost if kind != Kind::Unkeyed => 3,
            Self::Lost | Self::Odd | Self::Refused | Self::Succeeds | Self::Sound => 1,
        }
    }
}

/// What there is before the call begins, and around it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Scene {
    /// A server that plays the acts.
    Server,
    /// Nobody listens.
    Nobody,
    /// Somebody listens whose queue is full.
    Full,
    /// A kept connection that the server has closed.
    Left,
    /// A kept connection whose runtime is gone.
    Orphaned,
    /// A server that speaks TLS, or a proxy, and does it wrong.
    Tls(Wrong),
}

/// What is wrong with a server that speaks TLS.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Wrong {
    Stranger,
    AnotherName,
    Expired,
    Cut,
    Proxy,
}

/// What there is no time for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Haste {
    Connecting,
    Attempts,
    Silence,
}

type Acts = Arc<dyn Fn(&Row) -> Option<Vec<Act>> + Send + Sync>;

/// One way to go wrong.
#[derive(Clone)]
pub struct Fault {
    pub name: &'static str,
    pub scene: Scene,
    /// What the server does on each connection; nothing if this cannot happen to the operation.
    pub acts: Acts,
    pub end: End,
    /// How it ends for an operation whose answer nobody reads.
    pub unread: End,
    /// The status that the error has; 0 is the one of a good answer.
    pub status: Option<u16>,
    /// Whether the server has done what it was asked to before it misbehaves.
    pub acted: bool,
    /// What there is no time for.
    pub hasty: Option<Haste>,
    /// How long is too long, where time runs out.
    pub time: Duration,
    /// How long the call may take in all.
    pub deadline: Duration,
    /// Whether no repeat can be paid for.
    pub poor: bool,
    /// Whether the time of day jumps.
    pub jumps: bool,
}

/// A fault after which nobody knows what the server has done, and it may have done it.
pub fn fault(
    name: &'static str,
    acts: impl Fn(&Row) -> Option<Vec<Act>> + Send + Sync + 'static,
) -> Fault {
    Fault {
        name,
        scene: Scene::Server,
        acts: Arc::new(acts),
        end: End::Lost,
        unread: End::Lost,
        status: None,
        acted: true,
        hasty: None,
        time: Duration::from_millis(25),
        deadline: Duration::from_secs(10),
        poor: false,
        jumps: false,
    }
}

impl Fault {
    pub fn ends(self, end: End) -> Self {
        let acted = self.acted && !matches!(end, End::Refused | End::Throttled);
        Self { end, unread: end, acted, ..self }
    }

    /// It is about the body, and does not matter where nobody reads one.
    pub fn in_what_is_read(self) -> Self {
        Self { unread: End::Succeeds, ..self }
    }

    pub fn at(self, scene: Scene) -> Self {
        Self { scene, ..self }
    }

    pub fn status(self, status: u16) -> Self {
        Self { status: Some(status), ..self }
    }

    /// The status of the error is that of a good answer.
    pub fn good_status(self) -> Self {
        self.status(0)
    }

    pub fn nothing_done(self) -> Self {
        Self { acted: false, ..self }
    }

    pub fn hasty(self, haste: Haste) -> Self {
        Self { hasty: Some(haste), deadline: Duration::from_secs(2), ..self }
    }

    /// The same, with so many times the time for everything.
    pub fn slower(&self, times: u32) -> Self {
        Self { time: self.time * times, deadline: self.deadline * times, ..self.clone() }
    }

    /// How it ends for `row`.
    pub fn end_for(&self, row: &Row) -> End {
        let end = if row.shapes.is_none() { self.unread } else { self.end };
        // In nobody's words, "too many requests" is a refusal where the provider documents it so.
        if self.status != Some(429) || row.provider == "univapay" {
            return end;
        }
        match end {
            End::Throttled => End::Lost,
            End::Refused => End::Odd,
            end => end,
        }
    }
}
