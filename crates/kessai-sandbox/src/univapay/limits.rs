//! How often may be called.

use std::collections::VecDeque;

use hyper::header::{HeaderMap, HeaderName, HeaderValue};

use super::Univapay;
use crate::document::Operation;
use crate::message::Request;

/// A minute, in milliseconds.
const MINUTE_MS: i64 = 60 * 1000;

const MOST_EXACT: HeaderName = HeaderName::from_static("x-requests-per-minute-exact");
const MOST_ROUTE: HeaderName = HeaderName::from_static("x-requests-per-minute-route");
const LEFT_EXACT: HeaderName = HeaderName::from_static("x-remaining-requests-exact");
const LEFT_ROUTE: HeaderName = HeaderName::from_static("x-remaining-requests-route");

/// The limits, and the calls of the last minute, oldest first.
#[derive(Default)]
pub(super) struct Limits {
    most: Option<PerMinute>,
    calls: VecDeque<Called>,
}

#[derive(Clone, Copy)]
struct PerMinute {
    exact: u32,
    route: u32,
}

struct Called {
    route: String,
    path: String,
    time: i64,
}

impl Univapay {
    /// Allows so many calls a minute from now on: of each address (`exact`), and of each operation
    /// whatever its address (`route`). What is more is answered with 429 and no body.
    ///
    /// Until this is called there is no limit, and no answer tells of one: UnivaPay publishes none.
    pub fn limit_calls(&self, exact: u32, route: u32) {
        let most = Some(PerMinute { exact, route });
        self.service.state().limits = Limits { most, calls: VecDeque::new() };
    }
}

impl Limits {
    /// Counts a call: what the head of the answer says, and whether the call may be made.
    pub(super) fn count(
        &mut self,
        operation: &Operation,
        request: &Request,
        now: i64,
    ) -> (HeaderMap, bool) {
        let Some(most) = self.most else { return (HeaderMap::new(), true) };
        self.calls.retain(|call| now.saturating_sub(call.time) < MINUTE_MS);
        let of_route = |call: &&Called| call.route == operation.id;
        let route = left(most.route, self.calls.iter().filter(of_route).count());
        let same = self.calls.iter().filter(of_route).filter(|call| call.path == request.path);
        let exact = left(most.exact, same.count());
        let admitted = route > 0 && exact > 0;
        if admitted {
            let (route, path) = (operation.id.clone(), request.path.clone());
            self.calls.push_back(Called { route, path, time: now });
        }
        let taken = u32::from(admitted);
        let told = HeaderMap::from_iter([
            (MOST_EXACT, HeaderValue::from(most.exact)),
            (MOST_ROUTE, HeaderValue::from(most.route)),
            (LEFT_EXACT, HeaderValue::from(exact - taken)),
            (LEFT_ROUTE, HeaderValue::from(route - taken)),
        ]);
        (told, admitted)
    }
}

fn left(most: u32, made: usize) -> u32 {
    most.saturating_sub(u32::try_from(made).unwrap_or(u32::MAX))
}
