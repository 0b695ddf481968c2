//! AppotaPay's error bodies, of four shapes, as one refusal; and which of its codes mean for certain
//! that nothing was done.
//!
//! The same number means other things in other products, so each product has its own table. What is
//! not for certain leaves the outcome open: an error that says "unknown" costs a look, one that says
//! "refused" when money moved costs the money.

use kessai_core::{Error, Json, Operation, Refusal};

use crate::errors::{
    CardChargingErrorCode, CardErrorCode, CommonErrorCode, PaymentErrorCode, PosErrorCode,
    SubscriptionErrorCode, TransferErrorCode, VirtualAccountErrorCode, WalletErrorCode,
};

/// The code of a thing whose status is `error` and that says no more.
const FAILED: &str = "error";

/// How success is spelled: no answer that says no says this.
const SUCCESSES: [&str; 2] = ["0", "00"];

/// What is said of the codes of a product.
struct Product {
    /// Those that are known, beside the common ones.
    known: &'static [&'static str],
    /// Which of them mean for certain that nothing was done.
    certain: Certain,
}

enum Certain {
    /// All but these: pending, busy, undefined, broken off or without a known meaning.
    AllBut(&'static [&'static str]),
    /// These alone.
    Only(&'static [&'static str]),
}

const CARDS: Product = Product {
    known: CardErrorCode::KNOWN,
    // Failed without saying how far it came, pending, and every fault of a gateway, a provider, an
    // issuer or a network, who may have gone on.
    certain: Certain::AllBut(&["7", "9", "35", "66", "68", "73", "76", "81", "101", "500"]),
};

const PAYMENTS: Product = Product {
    known: PaymentErrorCode::KNOWN,
    certain: Certain::AllBut(&["35", "91", "94", "99", "500"]),
};

const WALLETS: Product = Product {
    known: WalletErrorCode::KNOWN,
    // By the page's own column these are pending, and all others are errors. 36 and 42 have no
    // meaning that is known. 41: the payment is done, by an earlier call; this one did nothing.
    certain: Certain::AllBut(&["34", "35", "36", "42", "94", "99", "500"]),
};

const SUBSCRIPTIONS: Product = Product {
    known: SubscriptionErrorCode::KNOWN,
    certain: Certain::AllBut(&["35", "91", "94", "99", "500", "3028", "3049"]),
};

/// Transfers; bills, top-ups and bought cards, whose tables were not read, number as they do. The
/// page marks codes that say "look before you conclude" by a colour that is lost, so only what is
/// said before anything is sent counts.
const SERVICES: Product = Product {
    known: TransferErrorCode::KNOWN,
    certain: Certain::Only(&[
        "1", "2", "11", "12", "13", "14", "23", "31", "36", "42", "43", "44", "92", "160", "161",
        "163", "165", "168", "190", "192", "193", "194", "195", "196", "197", "200", "401",
    ]),
};

const VIRTUAL_ACCOUNTS: Product = Product {
    known: VirtualAccountErrorCode::KNOWN,
    certain: Certain::AllBut(&["35", "40", "91", "99", "500"]),
};

const CARD_CHARGING: Product =
    Product { known: CardChargingErrorCode::KNOWN, certain: Certain::AllBut(&["95", "98", "99"]) };

/// Of terminals, few codes have a meaning that is known, and 132 is "recorded as success".
const TERMINALS: Product =
    Product { known: PosErrorCode::KNOWN, certain: Certain::Only(&["1", "38", "401"]) };

/// Everything else, and the login of wallets, which moves no money.
const OTHERS: Product =
    Product { known: CommonErrorCode::KNOWN, certain: Certain::AllBut(&["91", "94", "99", "500"]) };

impl Product {
    /// The product that an operation is of, by where it is.
    fn of(operation: &Operation) -> &'static Self {
        const BY_PATH: [(&str, &Product); 11] = [
            ("/credit-card/", &CARDS),
            ("/api/v2/orders/", &PAYMENTS),
            ("/api/v2/transaction/", &PAYMENTS),
            ("/api/v2/token/", &PAYMENTS),
            ("/api/v2/ewallet/", &WALLETS),
            ("/api/v1/customers", &SUBSCRIPTIONS),
            ("/api/v1/subs/", &SUBSCRIPTIONS),
            ("/api/v1/service/ebill/", &VIRTUAL_ACCOUNTS),
            ("/v1/services/", &CARD_CHARGING),
            ("/api/v2/partner/", &TERMINALS),
            // After those that begin alike.
            ("/api/", &SERVICES),
        ];
        let path = operation.path();
        let is_service = |prefix: &str| prefix != "/api/" || path.contains("/service/");
        let found =
            BY_PATH.iter().find(|(prefix, _)| path.starts_with(prefix) && is_service(prefix));
        found.map_or(&OTHERS, |(_, product)| product)
    }

    fn known(&self, code: &str) -> Option<&'static str> {
        self.known.iter().chain(CommonErrorCode::KNOWN).find(|known| **known == code).copied()
    }

    fn is_certain(&self, code: &str) -> bool {
        let is_among = |codes: &[&str]| codes.contains(&code);
        !is_among(&SUCCESSES)
            && match self.certain {
                Certain::AllBut(open) => self.known(code).is_some() && !is_among(open),
                Certain::Only(certain) => is_among(certain),
            }
    }
}

/// Reads what AppotaPay says no in, whichever product it is.
pub(crate) fn read(operation: &Operation, body: &[u8]) -> Option<Refusal> {
    let body = Json::parse(std::str::from_utf8(body).ok()?).ok()?;
    let members = body.members()?;
    // A thing that failed carries its reason inside of it.
    let inner = ["errorInformation", "transaction"].iter().filter_map(|name| members.get(*name));
    let places: Vec<_> = inner.filter_map(Json::members).chain([members.clone()]).collect();
    let find = |names: &[&str]| {
        let found = places.iter().flat_map(|place| {
            names.iter().filter_map(|name| text(place.get(*name)?)).collect::<Vec<_>>()
        });
        found.collect::<Vec<_>>()
    };
    let is_login = operation.own_keys().is_some_and(<[&str]>::is_empty);
    let names: &[&str] = if is_login { &["code"] } else { &["errorCode", "error_code"] };
    let codes = find(names);
    let code = codes.iter().find(|code| !SUCCESSES.contains(&code.as_str())).or(codes.first());
    // A refund or a reversal that failed and does not say why.
    let failed = || {
        let is_thing = ["refundId", "reversalId"].iter().any(|id| members.contains_key(*id));
        (is_thing && find(&["status"]).contains(&FAILED.to_owned())).then(|| FAILED.to_owned())
    };
    let code = code.cloned().or_else(failed)?;
    let product = Product::of(operation);
    let known = if code == FAILED { Some(FAILED) } else { product.known(&code) };
    let errors =
        places.iter().find_map(|place| place.get("errors").or_else(|| place.get("details")));
    // A look-up does nothing, whatever it tells of what it looked for.
    let is_certain = code == FAILED || is_login || product.is_certain(&code);
    let is_certain = is_certain || operation.is_read() && known.is_some();
    Some(
        Refusal::new(code.as_str())
            .known_as(known)
            .with_doubt(!is_certain)
            .with_message(find(&["message", "errorMessage", "error_message"]).into_iter().next())
            .with_field(errors.and_then(first_field)),
    )
}

/// A text, or a number as it is written.
fn text(value: &Json) -> Option<String> {
    match value.as_str() {
        "null" | "true" | "false" => None,
        text if text.starts_with('"') => value.read().ok().filter(|text: &String| !text.is_empty()),
        text if text.starts_with(['{', '[']) => None,
        number => Some(number.to_owned()),
    }
}

/// What the first of the errors is about; a single one may stand without a list.
fn first_field(errors: &Json) -> Option<String> {
    let list: Vec<Json> = errors.read().unwrap_or_else(|_| vec![errors.clone()]);
    text(list.first()?.members()?.get("field")?)
}

/// The same number means other things in other products: take the table of the one you called.
macro_rules! of_error {
    ($($code:ident),* $(,)?) => {
        $(impl $code {
            /// The code that AppotaPay refused with, if it refused in its own words. Take it from
            /// errors of the product that this table is of: others have the same numbers.
            #[must_use]
            pub fn of(error: &Error) -> Option<Self> {
                error.refusal().map(|refusal| Self::from(refusal.code()))
            }
        })*
    };
}

of_error!(
    CardChargingErrorCode,
    CardErrorCode,
    CommonErrorCode,
    PaymentErrorCode,
    PosErrorCode,
    SubscriptionErrorCode,
    TransferErrorCode,
    VirtualAccountErrorCode,
    WalletErrorCode,
);

#[cfg(test)]
mod tests;
