//! The fake of UnivaPay, spoken to over HTTP.

mod calls;
mod cancels;
mod charges;
#[path = "../common/mod.rs"]
mod common;
mod http;
mod idempotency;
mod lists;
mod plans;
mod refunds;
mod subscriptions;
mod three_ds;
mod tokens;
