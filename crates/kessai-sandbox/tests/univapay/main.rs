//! The fake of UnivaPay, spoken to over HTTP.

mod bank_accounts;
mod batches;
mod calls;
mod cancels;
mod charges;
mod checkout_pages;
mod checks;
#[path = "../common/mod.rs"]
mod common;
mod customs;
mod direct_debit;
mod due;
mod filters;
mod history;
mod http;
mod idempotency;
mod keys;
mod limits;
mod lists;
mod logins;
mod means;
mod merchant;
mod merchant_webhooks;
mod older_tokens;
mod payouts;
mod plans;
mod refunds;
mod stores;
mod subscriptions;
mod three_ds;
mod tokens;
mod webhooks;
