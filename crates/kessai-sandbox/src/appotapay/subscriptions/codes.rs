//! The codes of subscriptions.

use crate::appotapay::refusal::{Code, absent, code};

pub(super) const UNKNOWN: Code = absent(36, "There is no such thing.");
pub(super) const TOO_MUCH: Code = code(110, "The refunds would be more than was paid.");
pub(super) const TOO_OLD: Code = code(125, "The payment is too old.");
pub(super) const REFERENCE_USED: Code = code(3002, "This reference is in use already.");
pub(super) const NO_CUSTOMER: Code = absent(3003, "There is no such customer.");
pub(super) const NO_METHOD: Code = absent(3004, "There is no such payment method.");
pub(super) const NO_PLAN: Code = absent(3005, "There is no such plan.");
pub(super) const PLAN_INACTIVE: Code = code(3006, "The plan is inactive already.");
pub(super) const NO_CYCLE: Code = absent(3008, "There is no such cycle.");
pub(super) const CANNOT_CANCEL: Code = code(3009, "The cycle is neither scheduled nor retrying.");
pub(super) const CANNOT_FORCE: Code = code(3010, "The cycle is neither scheduled nor retrying.");
pub(super) const FORCED_TOO_OFTEN: Code = code(3011, "The cycle was forced as often as it may be.");
pub(super) const METHOD_INVALID: Code = code(3012, "The payment method is not valid.");
pub(super) const NEEDS_THREE_DS: Code = code(3013, "The card needs 3-D Secure.");
pub(super) const WRONG_TIME: Code = code(3017, "The time is wrong.");
pub(super) const WRONG_CUSTOMER: Code = code(3027, "The customer's data is wrong.");
pub(super) const PLAN_PENDING: Code = code(3046, "The plan is still pending.");
pub(super) const NOT_SCHEDULED: Code = code(3047, "The cycle is not scheduled.");
pub(super) const FORCE_RUNNING: Code = code(3049, "A forced attempt is still running.");
