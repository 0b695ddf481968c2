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

/// How a thing that failed says so: any other status contradicts a no.
const FAILURES: [&str; 2] = [FAILED, "failed"];

/// How success is spelled: no answer that says no says this.
const SUCCESSES: [&str; 2] = ["0", "00"];

/// How a login says it, which has no table of its codes.
const LOGGED_IN: &str = "200";

/// What is said of the codes of a product.
struct Product {
    /// Those that are known, beside the common ones.
    known: &'static [&'static str],
    /// Which of them mean for certain that nothing was done. All others leave it open: pending,
    /// busy, undefined, failed without saying how far it came, or without a known meaning.
    certain: &'static [&'static str],
}

/// Not certain beside what is said of all: every fault of a gateway, a provider, an issuer or a
/// network, who may have gone on, and 99, which elsewhere is undefined.
const CARDS: Product = Product {
    known: CardErrorCode::KNOWN,
    certain: &[
        "1", "2", "3", "4", "5", "6", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19",
        "20", "21", "22", "23", "41", "43", "45", "46", "60", "61", "62", "63", "64", "65", "67",
        "69", "70", "71", "72", "74", "75", "77", "78", "79", "80", "82", "83", "84", "85", "86",
        "87", "88", "89", "90", "92", "93", "94", "95", "96", "97", "98", "100", "102", "103",
        "104", "105", "106", "107", "108", "109", "110", "111", "112", "114", "115", "116", "117",
        "118", "119", "401",
    ],
};

const PAYMENTS: Product = Product {
    known: PaymentErrorCode::KNOWN,
    certain: &[
        "1", "11", "13", "14", "15", "30", "31", "32", "36", "90", "92", "129", "135", "140",
        "141", "401",
    ],
};

/// By the page's own column 33 is an error, and 34, 94, 99 and 500 are pending. 41: the payment is
/// done, by an earlier call; this one did nothing.
const WALLETS: Product = Product {
    known: WalletErrorCode::KNOWN,
    certain: &[
        "1", "2", "11", "13", "14", "15", "21", "22", "30", "32", "33", "39", "40", "41", "52",
        "70", "75", "84", "92", "162", "401",
    ],
};

const SUBSCRIPTIONS: Product = Product {
    known: SubscriptionErrorCode::KNOWN,
    certain: &[
        "1", "2", "11", "13", "14", "15", "36", "90", "92", "106", "110", "125", "401", "3001",
        "3002", "3003", "3004", "3005", "3006", "3007", "3008", "3009", "3010", "3011", "3012",
        "3013", "3014", "3015", "3016", "3017", "3018", "3019", "3020", "3021", "3022", "3023",
        "3024", "3026", "3027", "3046", "3047",
    ],
};

/// The page marks codes that say "look before you conclude" by a colour that is lost, so only what
/// is said before anything is sent counts.
const TRANSFERS: Product = Product {
    known: TransferErrorCode::KNOWN,
    certain: &[
        "1", "2", "11", "12", "13", "14", "23", "31", "36", "42", "43", "44", "92", "160", "161",
        "163", "165", "168", "190", "192", "193", "194", "195", "196", "197", "200", "401",
    ],
};

/// Bills, top-ups and bought cards, whose tables were not read. They number as transfers do; certain
/// is what is said of the key, the partner and the request, before anything is looked at.
const SERVICES: Product = Product {
    known: TransferErrorCode::KNOWN,
    certain: &["1", "2", "11", "13", "14", "92", "401"],
};

const VIRTUAL_ACCOUNTS: Product = Product {
    known: VirtualAccountErrorCode::KNOWN,
    certain: &[
        "1", "2", "11", "13", "14", "23", "31", "32", "36", "92", "148", "149", "150", "151",
        "154", "201", "202", "203", "204", "205", "206", "207", "401",
    ],
};

const CARD_CHARGING: Product = Product {
    known: CardChargingErrorCode::KNOWN,
    certain: &[
        "10", "11", "13", "14", "15", "16", "17", "18", "19", "21", "22", "23", "33", "34", "35",
        "37", "38", "39",
    ],
};

/// Of terminals, few codes have a meaning that is known, and 132 is "recorded as success".
const TERMINALS: Product = Product { known: PosErrorCode::KNOWN, certain: &["1", "38", "401"] };

const OTHERS: Product =
    Product { known: CommonErrorCode::KNOWN, certain: &["1", "11", "13", "14", "15", "92", "401"] };

/// What AppotaPay says of its own failures, whatever it is that failed.
const OWN_FAILURES: [&str; 4] = ["91", "94", "99", "500"];

impl Product {
    /// The product that an operation is of, by where it is.
    fn of(operation: &Operation) -> &'static Self {
        const BY_PATH: [(&str, &Product); 12] = [
            ("/credit-card/", &CARDS),
            ("/api/v2/orders/", &PAYMENTS),
            ("/api/v2/transaction/", &PAYMENTS),
            ("/api/v2/token/", &PAYMENTS),
            ("/api/v2/ewallet/", &WALLETS),
            ("/api/v1/customers", &SUBSCRIPTIONS),
            ("/api/v1/subs/", &SUBSCRIPTIONS),
            ("/api/v1/service/ebill/", &VIRTUAL_ACCOUNTS),
            ("/api/v1/service/transfer/", &TRANSFERS),
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
        self.certain.contains(&code)
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
    let statuses: Vec<_> = places.iter().filter_map(|place| place.get("status")).collect();
    // A refund or a reversal that failed and does not say why.
    let failed = || {
        let is_thing = ["refundId", "reversalId"].iter().any(|id| members.contains_key(*id));
        let has_failed = find(&["status"]).contains(&FAILED.to_owned());
        (is_thing && has_failed).then(|| FAILED.to_owned())
    };
    let code = code.cloned().or_else(failed)?;
    let product = Product::of(operation);
    let known = if code == FAILED { Some(FAILED) } else { product.known(&code) };
    let errors =
        places.iter().find_map(|place| place.get("errors").or_else(|| place.get("details")));
    // One that leaves it open, or tells of a success, is enough for doubt.
    let are_certain = !codes.is_empty()
        && codes.iter().all(|code| if is_login { is_no(code) } else { product.is_certain(code) })
        && statuses.iter().all(|status| is_failure(status));
    // A look-up does nothing, whatever it tells of what it looked for.
    let is_certain = are_certain || operation.is_read() && known.is_some();
    Some(
        Refusal::new(code.as_str())
            .known_as(known)
            .with_doubt(!is_certain)
            .with_message(find(&["message", "errorMessage", "error_message"]).into_iter().next())
            .with_field(errors.and_then(first_field)),
    )
}

/// Whether a login's code is a no. It moves no money.
fn is_no(code: &str) -> bool {
    code != LOGGED_IN && !SUCCESSES.contains(&code) && !OWN_FAILURES.contains(&code)
}

/// Whether a status, if there is one, is that of a thing that failed.
fn is_failure(status: &Json) -> bool {
    let is_one = |text: String| FAILURES.iter().any(|failure| text.eq_ignore_ascii_case(failure));
    status.as_str() == "null" || text(status).is_some_and(is_one)
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
