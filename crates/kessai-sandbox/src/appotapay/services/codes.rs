//! Codes that several services have.

use crate::appotapay::refusal::{Code, absent, code};

pub(super) const BALANCE: Code = code(12, "The balance is too low.");
pub(super) const REFERENCE_USED: Code = code(31, "The reference has been used before.");
pub(super) const WRONG_AMOUNT: Code = code(32, "The amount is wrong.");
pub(super) const UNKNOWN: Code = absent(36, "There is no such transaction.");
