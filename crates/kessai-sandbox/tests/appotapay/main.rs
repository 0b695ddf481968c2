//! The fake of AppotaPay, spoken to over HTTP.

mod calls;
mod cards;
#[path = "../common/mod.rs"]
mod common;
mod cycles;
mod holds;
mod http;
mod payments;
mod plans;
mod purchases;
mod receipts;
mod refunds;
mod signing;
mod subscribers;
mod terminals;
mod three_ds;
mod transfers;
mod wallet;
