//! The fake of elepay, spoken to over HTTP.

mod calls;
mod charges;
mod codes;
#[path = "../common/mod.rs"]
mod common;
mod customers;
mod disputes;
mod events;
mod http;
mod invoices;
mod lists;
mod locations;
mod progress;
mod readers;
mod refunds;
mod sources;
mod subscriptions;
