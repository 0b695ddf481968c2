//! How customers pay: cards, wallets, codes, convenience stores, bank transfers.

mod code;
mod konbini;
mod paidy;
mod term;
mod transfer;
mod wallet;

use serde_json::{Map, Value, json};

use self::code::{Scanned, Shown};
use self::konbini::Konbini;
use self::paidy::Paidy;
use self::transfer::Transfer;
pub(super) use self::wallet::Wallet;
use super::cards::Card;
use super::failure::Failure;
use super::refusal::{Refusal, invalid};
use super::tokens::Kind;
use crate::object::Object;

/// What a token is made of.
#[derive(Clone)]
pub(super) enum Means {
    Card(Card),
    ApplePay(Card),
    Online(Wallet),
    Konbini(Konbini),
    BankTransfer(Transfer),
    QrScan(Scanned),
    QrMerchant(Shown),
    Paidy(Paidy),
}

type Data = Map<String, Value>;

impl Means {
    /// What a request for a token of this payment method is about.
    pub(super) fn read(method: &str, data: &Data, now: i64) -> Result<Self, Refusal> {
        Ok(match method {
            "apple_pay" => Self::ApplePay(Card::of_apple_pay(data)?),
            "online" => Self::Online(Wallet::read(data)?),
            "konbini" => Self::Konbini(Konbini::read(data)?),
            "bank_transfer" => Self::BankTransfer(Transfer::read(data)?),
            "qr_scan" => Self::QrScan(Scanned::read(data)?),
            "qr_merchant" => Self::QrMerchant(Shown::read(data)?),
            "paidy" => Self::Paidy(Paidy::read(data)?),
            // The document lets no other word through.
            _ => Self::Card(Card::read(data, now)?),
        })
    }

    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Card(_) => "card",
            Self::ApplePay(_) => "apple_pay",
            Self::Online(_) => "online",
            Self::Konbini(_) => "konbini",
            Self::BankTransfer(_) => "bank_transfer",
            Self::QrScan(_) => "qr_scan",
            Self::QrMerchant(_) => "qr_merchant",
            Self::Paidy(_) => "paidy",
        }
    }

    /// The `data` of a token; of a card, without how it was checked.
    pub(super) fn show(&self) -> Object {
        match self {
            Self::Card(card) | Self::ApplePay(card) => card.show(),
            Self::Online(wallet) => wallet.show(),
            Self::Konbini(konbini) => konbini.show(),
            Self::BankTransfer(transfer) => transfer.show(),
            Self::QrScan(code) => code.show(),
            Self::QrMerchant(code) => code.show(),
            Self::Paidy(paidy) => paidy.show(),
        }
    }

    /// The card that pays in the end.
    pub(super) fn card(&self) -> Option<&Card> {
        match self {
            Self::Card(card) | Self::ApplePay(card) => Some(card),
            _ => None,
        }
    }

    /// The brand, or the chain of a convenience store.
    pub(super) fn brand(&self) -> Option<&str> {
        match self {
            Self::Card(card) | Self::ApplePay(card) => Some(card.brand),
            Self::Online(wallet) => Some(&wallet.brand),
            Self::Konbini(konbini) => Some(&konbini.store),
            Self::BankTransfer(transfer) => Some(&transfer.brand),
            Self::QrScan(code) => code.brand.as_deref(),
            Self::QrMerchant(code) => Some(&code.brand),
            Self::Paidy(_) => None,
        }
    }

    /// The name of who pays, where it is known.
    pub(super) fn name(&self) -> Option<&str> {
        match self {
            Self::Card(card) | Self::ApplePay(card) => card.cardholder.as_deref(),
            Self::Konbini(konbini) => Some(&konbini.customer),
            Self::BankTransfer(transfer) => transfer.name.as_deref(),
            _ => None,
        }
    }

    /// The number by which who pays can be called, where it is known.
    pub(super) fn phone(&self) -> Option<&str> {
        match self {
            Self::Card(card) | Self::ApplePay(card) => card.phone(),
            Self::Konbini(konbini) => konbini.phone["local_number"].as_str(),
            Self::Paidy(paidy) => paidy.phone(),
            _ => None,
        }
    }

    /// Whether a charge waits for the customer to bring the money.
    pub(super) fn waits(&self) -> bool {
        matches!(
            self,
            Self::Online(_) | Self::Konbini(_) | Self::BankTransfer(_) | Self::QrMerchant(_)
        )
    }

    /// Why a charge that does not wait fails, if it does.
    pub(super) fn failure(&self, now: i64) -> Option<Failure> {
        match self {
            Self::Card(card) | Self::ApplePay(card) => card.failure(now),
            Self::QrScan(code) => code.refused.then_some(Failure::CodeInvalid),
            Self::Paidy(paidy) => paidy.refused.then_some(Failure::WalletRefused),
            _ => None,
        }
    }

    /// Whether it can be given back what was paid.
    pub(super) fn is_refundable(&self) -> bool {
        !matches!(self, Self::Konbini(_) | Self::BankTransfer(_))
    }

    /// Until when the customer has to bring the money, if there is an end.
    pub(super) fn deadline(&self, asked: Option<i64>, now: i64) -> Option<i64> {
        match self {
            Self::Konbini(konbini) => Some(konbini.deadline(asked, now)),
            Self::BankTransfer(transfer) => Some(asked.unwrap_or_else(|| transfer.term.end(now))),
            _ => None,
        }
    }

    /// Refuses kinds of tokens that cannot be made of it.
    pub(super) fn check_kind(&self, kind: Kind) -> Result<(), Refusal> {
        let only_once = matches!(self, Self::Online(_) | Self::QrScan(_) | Self::QrMerchant(_));
        let brought = matches!(self, Self::Konbini(_) | Self::BankTransfer(_));
        match kind {
            Kind::OneTime => Ok(()),
            _ if only_once => Err(invalid("type", "ONE_TIME_ONLY_ALLOWED")),
            Kind::Recurring if brought => Err(invalid("type", "RECURRING_TOKEN_NOT_ALLOWED")),
            _ => Ok(()),
        }
    }
}

/// Whether a code or a token is one that is refused, by its end: as with card numbers.
pub(super) fn is_refused(text: &str) -> bool {
    text.ends_with("1111")
}

/// A text, if it is there.
pub(super) fn text<'a>(data: &'a Data, name: &str) -> Result<Option<&'a str>, Refusal> {
    match data.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(invalid(name, "INVALID_FORMAT")),
    }
}

/// A text that has to be there.
fn needed(data: &Data, name: &str) -> Result<String, Refusal> {
    let text = text(data, name)?.filter(|text| !text.is_empty());
    text.map(str::to_owned).ok_or_else(|| invalid(name, "REQUIRED_VALUE"))
}

/// A text that has to be there and one of these.
fn word(data: &Data, name: &str, words: &[&str]) -> Result<String, Refusal> {
    let word = needed(data, name)?;
    if words.contains(&&*word) { Ok(word) } else { Err(invalid(name, "NOT_ALLOWED_VALUE")) }
}

/// A phone number as it is answered: the dialling code is a number then.
pub(super) fn phone(data: &Data) -> Result<Option<Value>, Refusal> {
    let Some(phone) = data.get("phone_number") else { return Ok(None) };
    let code = match &phone["country_code"] {
        Value::String(code) => code.parse::<u16>().ok(),
        code => code.as_u64().and_then(|code| u16::try_from(code).ok()),
    };
    match (code, phone["local_number"].as_str()) {
        (Some(code), Some(local)) if (1..=15).contains(&local.len()) => {
            Ok(Some(json!({ "country_code": code, "local_number": local })))
        }
        _ => Err(invalid("phone_number", "INVALID_PHONE_NUMBER")),
    }
}
