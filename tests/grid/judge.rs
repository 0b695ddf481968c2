//! The eight assertions.

use std::collections::BTreeSet;
use std::error::Error as _;
use std::sync::LazyLock;
use std::time::Duration;

use kessai_core::{Error, Outcome};
use serde_json::Value;

use super::caller::APPOTAPAY;
use super::cell::Seen;
use super::fault::{End, Fault, Scene};
use super::row::{CALL_KEY, Kind, Row};
use crate::secrecy;

/// What does not hold of what was seen. Each begins with the number of the assertion; the seventh,
/// that nothing panics and nothing is left behind, is for whoever plays the cells.
pub fn judge(row: &Row, fault: &Fault, seen: &Seen) -> Vec<String> {
    let judgement = Judgement { row, fault, seen, end: fault.end_for(row) };
    let said = [
        judgement.effects(),
        judgement.attempts(),
        judgement.sameness(),
        judgement.time(),
        judgement.error(),
        judgement.secrecy(),
        judgement.next(),
    ];
    said.into_iter().filter_map(Result::err).collect()
}

type Verdict = Result<(), String>;

fn holds(holds: bool, otherwise: impl FnOnce() -> String) -> Verdict {
    if holds { Ok(()) } else { Err(otherwise()) }
}

struct Judgement<'a> {
    row: &'a Row,
    fault: &'a Fault,
    seen: &'a Seen,
    end: End,
}

impl Judgement<'_> {
    fn outcome(&self) -> Option<Outcome> {
        self.seen.result.as_ref().err().map(Error::outcome)
    }

    fn tries(&self) -> usize {
        self.end.tries(self.row.kind)
    }

    /// 1. At most one effect, and none after "not sent" or "refused".
    fn effects(&self) -> Verdict {
        let requests = &self.seen.requests;
        // Whatever comes after the fault has been played is answered well.
        let faulty = match self.fault.scene {
            Scene::Left | Scene::Orphaned => 0,
            _ => self.tries().min(requests.len()),
        };
        let acting = if self.fault.acted { &requests[..] } else { &requests[faulty..] };
        let effects = match self.row.kind {
            Kind::Read => return Ok(()),
            Kind::Keyed => acting.iter().map(|it| key(it)).collect::<BTreeSet<_>>().len(),
            Kind::Unkeyed => acting.len(),
        };
        let denied = matches!(self.outcome(), Some(Outcome::NotSent | Outcome::Refused));
        holds(effects <= usize::from(!denied), || {
            format!("1: {effects} effects, and it says {:?}", self.outcome())
        })
    }

    /// 2. As many attempts as the rules allow, and no other connection.
    fn attempts(&self) -> Verdict {
        let (requests, connections) = (self.seen.requests.len(), self.seen.connections);
        let tries = self.tries();
        let acts = (self.fault.acts)(self.row).unwrap_or_default();
        let reads = acts.iter().any(|act| matches!(act, crate::script::Act::Read));
        let whole = if reads { tries } else { 0 };
        let said = self.seen.result.as_ref().map_or_else(Error::attempts, |_| 1);
        let expected = if self.end == End::NotSent { 0 } else { tries };
        let as_expected = match self.end {
            End::Sound => requests <= 1,
            // What was sent may come in later than time runs out.
            _ if self.fault.hasty.is_some() => {
                requests <= whole && connections.is_none_or(|count| count <= tries)
            }
            _ => requests == whole && connections.is_none_or(|count| count == tries),
        };
        let is_said = self.end == End::Sound || usize::try_from(said) == Ok(expected);
        holds(as_expected && is_said, || {
            let expected = format!("{whole} of {tries}, {expected} said");
            format!("2: {requests} requests, {connections:?} connections, {said} said; {expected}")
        })
    }

    /// 3. The same body and the same key each time, and no key where none is due.
    fn sameness(&self) -> Verdict {
        let requests = &self.seen.requests;
        let Some(first) = requests.first() else { return Ok(()) };
        let same = requests.iter().all(|it| body(it) == body(first) && key(it) == key(first));
        let due = if self.row.has_key { Some(CALL_KEY.to_owned()) } else { None };
        holds(same && key(first) == due, || "3: another body, or another key".to_owned())
    }

    /// 4. Over by the deadline, by the call's own clock and by ours.
    fn time(&self) -> Verdict {
        const GRACE: Duration = Duration::from_millis(50);
        // A machine that is busy with a thousand other cells may wake up late.
        const LATE: Duration = Duration::from_secs(2);
        let elapsed = self.seen.result.as_ref().map_or_else(Error::elapsed, |_| Duration::ZERO);
        let (took, deadline) = (self.seen.took, self.seen.deadline);
        holds(elapsed <= deadline + GRACE && took <= deadline + LATE, || {
            format!("4: {elapsed:?} ({took:?}) of {deadline:?}")
        })
    }

    /// 5. The right outcome, status and request id.
    fn error(&self) -> Verdict {
        let error = match (&self.seen.result, self.end) {
            (_, End::Sound) | (Ok(_), End::Succeeds) => return Ok(()),
            (Ok(_), end) => return Err(format!("5: it succeeds, but should be {end:?}")),
            (Err(error), _) => error,
        };
        let status = match self.fault.status {
            Some(0) => Some(self.row.status()),
            status => status,
        };
        let id = self.request_id();
        let is_right = Some(error.outcome()) == self.end.outcome()
            && error.status().map(|status| status.as_u16()) == status
            && (id.is_none() || error.request_id() == id.as_deref())
            && (self.fault.hasty.is_none() || error.is_timeout())
            && (!self.row.has_key || error.idempotency_key() == Some(CALL_KEY));
        holds(is_right, || format!("5: {error}; should be {:?} {status:?} {id:?}", self.end))
    }

    /// The identifier that the script sent, if it did.
    fn request_id(&self) -> Option<String> {
        let (_, body) = &self.row.refusal;
        let body: Value = serde_json::from_str(body)
            .ok()
            .filter(|_| self.fault.status == Some(400) && self.end == End::Refused)?;
        let id = body["requestId"].as_str().or(body["error"]["request_id"].as_str());
        id.map(ToOwned::to_owned)
    }

    /// 6. Nothing secret printed or told.
    fn secrecy(&self) -> Verdict {
        let error = self.seen.result.as_ref().err().map(print).unwrap_or_default();
        let text = plain(&format!("{}\n{error}", self.seen.told));
        let found = CANARIES.iter().filter(|form| text.contains(*form));
        let found: Vec<_> = found.collect();
        holds(found.is_empty(), || format!("6: it prints {found:?}"))
    }

    /// 8. The client can be used after it.
    fn next(&self) -> Verdict {
        match &self.seen.next {
            Ok(_) => Ok(()),
            Err(error) => Err(format!("8: the call after it: {error}")),
        }
    }
}

/// Each canary in each form.
static CANARIES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let [_, api_key, secret_key] = APPOTAPAY;
    let canaries = [secrecy::CANARY, secrecy::NUMBER, api_key, secret_key];
    canaries.into_iter().flat_map(secrecy::forms).map(|form| plain(&form)).collect()
});

fn plain(text: &str) -> String {
    text.to_lowercase().replace(char::is_whitespace, "")
}

fn print(error: &Error) -> String {
    let sources = std::iter::successors(error.source(), |&error| error.source());
    let sources = sources.map(|source| format!("{source}\n{source:?}\n{source:#?}\n"));
    format!("{error}\n{error:?}\n{error:#?}\n{}", sources.collect::<String>())
}

fn parts(request: &[u8]) -> (&[u8], &[u8]) {
    let end = request.windows(4).position(|four| four == b"\r\n\r\n").expect("a head") + 4;
    request.split_at(end)
}

fn body(request: &[u8]) -> &[u8] {
    parts(request).1
}

fn key(request: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(parts(request).0).into_owned();
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.find_map(|(name, value)| {
        name.eq_ignore_ascii_case("idempotency-key").then(|| value.to_owned())
    })
}
