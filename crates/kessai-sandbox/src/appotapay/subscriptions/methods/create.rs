//! Saving what a customer pays with.

use serde_json::{Map, Value};

use super::{Card, Kind, PaymentMethod, Status, find, is_over, show};
use crate::appotapay::cards;
use crate::appotapay::refusal::{Refusal, invalid};
use crate::appotapay::state::State;
use crate::appotapay::subscriptions::customers::{self, Details};
use crate::appotapay::subscriptions::{check_currency, codes, reference};
use crate::card_number::{is_card_number, is_digits};
use crate::document::Call;
use crate::object::Object;
use crate::said::Said;

/// Where the browser comes back.
type Urls = (Option<String>, Option<String>);

pub(in crate::appotapay::subscriptions) fn create_payment_method(
    state: &mut State,
    call: &Call,
) -> Result<Said, Refusal> {
    let body = &call.body;
    let reference = reference(body, "paymentMethodRefId")?;
    check_currency(body)?;
    let details = match (body.text("customerId"), body.object("customer")) {
        (Some(id), None) => {
            customers::check(state, id)?;
            None
        }
        (None, Some(customer)) => Some(Details::read(|name| customer.get(name)?.as_str())?),
        (Some(_), Some(_)) => return Err(invalid("customer", "there is a customerId as well")),
        (None, None) => return Err(invalid("customerId", "it is missing")),
    };
    if let Some(billing) = body.object("billing")
        && !text(Some(billing), "zipcode").is_some_and(|code| is_digits(code, 1..=10))
    {
        return Err(invalid("billing.zipcode", "it has digits alone"));
    }
    let (kind, (success_url, failure_url)) = read(call, state.now)?;
    if find(state, reference).is_some() {
        return Err(codes::REFERENCE_USED.into());
    }
    let id = body.text("customerId").map(str::to_owned);
    let id = details.map(|details| customers::add(state, None, details)).or(id);
    let waits = success_url.is_some();
    let method = PaymentMethod {
        id: state.ids.next_ulid(),
        reference: Some(reference.to_owned()),
        customer_id: id.unwrap_or_default(),
        country: body.text("country").unwrap_or_default().to_owned(),
        kind,
        billing: body.literal("billing").map(str::to_owned),
        status: if waits { Status::RequiresAction } else { Status::Active },
        success_url,
        failure_url,
        created: state.now,
        updated: state.now,
    };
    let answer = show(&method, state.now);
    state.subscriptions.methods.put(method);
    Ok(answer.into())
}

/// The card or the wallet of a request.
fn read(call: &Call, now: i64) -> Result<(Kind, Urls), Refusal> {
    let body = &call.body;
    if body.text("paymentMethod") == Some("EWALLET_SUBS") {
        let wallet = body.object("ewallet");
        return read_wallet(wallet.ok_or_else(|| invalid("ewallet", "it is missing"))?);
    }
    let card = body.object("card").ok_or_else(|| invalid("card", "it is missing"))?;
    let (properties, info) = (inside(card, "properties"), inside(card, "cardInfo"));
    let skips = text(properties, "skipThreeDSecure") == Some("YES");
    let urls = if skips { (None, None) } else { urls("card", properties)? };
    let number = text(info, "cardNumber").unwrap_or_default();
    let (month, year) = (text(info, "cardMonth"), text(info, "cardYear"));
    let (month, year) = (month.unwrap_or_default(), year.unwrap_or_default());
    let dated = is_digits(month, 2..=2) && is_digits(year, 4..=4) && ("01"..="12").contains(&month);
    if !is_card_number(number) || !dated || is_over(year, month, now) || number == cards::EXPIRED {
        return Err(codes::METHOD_INVALID.into());
    }
    if skips && cards::CHALLENGE.contains(&number) {
        return Err(codes::NEEDS_THREE_DS.into());
    }
    let properties = ["skipThreeDSecure", "successReturnUrl", "failureReturnUrl"]
        .into_iter()
        .fold(Object::new(), |shown, name| shown.put_some(name, text(properties, name)));
    let card = Card::new(number, month, year, text(info, "cardHolderName"), properties);
    Ok((Kind::Card(card), urls))
}

fn read_wallet(wallet: &Map<String, Value>) -> Result<(Kind, Urls), Refusal> {
    let properties = inside(wallet, "properties");
    let urls = urls("ewallet", properties)?;
    let properties = ["successReturnUrl", "pendingReturnUrl", "failureReturnUrl"]
        .into_iter()
        .fold(Object::new(), |shown, name| shown.put_some(name, text(properties, name)));
    let shown = Object::new()
        .put_some("serviceCode", text(Some(wallet), "serviceCode"))
        .object("properties", &properties);
    Ok((Kind::Wallet(shown), urls))
}

impl Card {
    fn new(
        number: &str,
        month: &str,
        year: &str,
        holder: Option<&str>,
        properties: Object,
    ) -> Self {
        let declines = [cards::DECLINED, cards::NO_FUNDS, cards::WRONG_CVV, cards::STOLEN];
        Self {
            masked: format!("{}-{}", &number[..6], &number[number.len() - 4..]),
            month: month.to_owned(),
            year: year.to_owned(),
            holder: holder.map(str::to_owned),
            properties,
            is_declined: declines.contains(&number),
            never_passes: cards::ONLY_WITHOUT_THREE_DS.contains(&number),
        }
    }
}

/// Keeps the card that a customer types into AppotaPay's page; answers with its id.
pub(in crate::appotapay::subscriptions) fn at_checkout(
    state: &mut State,
    customer_id: &str,
    country: &str,
) -> String {
    let id = state.ids.next_ulid();
    let properties = Object::new().put("skipThreeDSecure", "YES");
    state.subscriptions.methods.put(PaymentMethod {
        id: id.clone(),
        reference: None,
        customer_id: customer_id.to_owned(),
        country: country.to_owned(),
        kind: Kind::Card(Card::new(cards::PAYS, "12", "2099", None, properties)),
        billing: None,
        status: Status::Active,
        success_url: None,
        failure_url: None,
        created: state.now,
        updated: state.now,
    });
    id
}

/// The addresses that there must be where the customer is sent away.
fn urls(kind: &str, properties: Option<&Map<String, Value>>) -> Result<Urls, Refusal> {
    let url = |name: &str| match text(properties, name) {
        Some(url) if !url.is_empty() => Ok(Some(url.to_owned())),
        _ => Err(invalid(&format!("{kind}.properties.{name}"), "it is missing")),
    };
    Ok((url("successReturnUrl")?, url("failureReturnUrl")?))
}

fn text<'a>(object: Option<&'a Map<String, Value>>, name: &str) -> Option<&'a str> {
    object?.get(name)?.as_str()
}

fn inside<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a Map<String, Value>> {
    object.get(name)?.as_object()
}
