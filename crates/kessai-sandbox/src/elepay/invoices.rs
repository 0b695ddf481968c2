//! Bills for customers.

use serde_json::{Map, Value, json};

use super::charges::{self, Ask};
use super::refusal::{self, Code, Refusal};
use super::state::State;
use super::{checks, customers, echo, page};
use crate::document::{Call, Members};
use crate::ids::Ids;
use crate::lever::LeverError;
use crate::shelf::things;

const ECHO: [&str; 8] = [
    "name",
    "memo",
    "invoiceTime",
    "expiryTime",
    "fields",
    "remark",
    "metadata",
    "enableAutoCharge",
];

pub(super) struct Invoice {
    id: String,
    number: String,
    status: Status,
    bill: Bill,
    send_time: Option<i64>,
    paid_time: Option<i64>,
    create_time: i64,
}

/// What a merchant writes, and writes anew.
struct Bill {
    customer_id: String,
    amount: i64,
    currency: String,
    /// Every line with an id; absent if none were sent.
    items: Option<Value>,
    expiry_time: Option<i64>,
    /// Members that come back as they were sent.
    echo: Map<String, Value>,
}

things!(Invoice);

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Status {
    Draft,
    Submit,
    Sent,
    Paid,
    Expired,
    Canceled,
}

impl Status {
    fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submit => "submit",
            Self::Sent => "sent",
            Self::Paid => "paid",
            Self::Expired => "expired",
            Self::Canceled => "canceled",
        }
    }

    /// Whether it is final, and the customer may still pay it.
    fn is_open(self) -> bool {
        matches!(self, Self::Submit | Self::Sent)
    }
}

impl Invoice {
    fn text(&self, name: &str) -> Option<&str> {
        self.bill.echo.get(name)?.as_str()
    }
}

impl Bill {
    fn read(state: &mut State, body: &Members) -> Result<Self, Refusal> {
        let customer_id = checks::text(body, "customerId")?;
        let amount = checks::amount(body)?;
        let currency = checks::currency(body)?;
        checks::short(body, &["name", "memo"])?;
        checks::notes(body)?;
        customers::named(state, customer_id)?;
        let mut line = |item: &Value| with_id(&mut state.ids, item, currency);
        let items = body.get("items").map(|_| body.array("items").iter().map(&mut line).collect());
        Ok(Self {
            customer_id: customer_id.to_owned(),
            amount,
            currency: currency.to_owned(),
            items,
            expiry_time: body.integer("expiryTime"),
            echo: echo::echo(body, &ECHO),
        })
    }
}

/// A line as elepay shows it: with an id, its own if it has one.
fn with_id(ids: &mut Ids, item: &Value, currency: &str) -> Value {
    let mut shown = Map::from_iter([
        ("object".to_owned(), Value::from("invoiceItem")),
        ("currency".to_owned(), currency.into()),
    ]);
    echo::put(&mut shown, item.clone());
    shown.entry("id").or_insert_with(|| ids.next("ivi_").into());
    shown.into()
}

fn show(state: &State, invoice: &Invoice) -> Value {
    let mut shown = invoice.bill.echo.clone();
    echo::put(
        &mut shown,
        json!({
            "id": invoice.id,
            "object": "invoice",
            "liveMode": false,
            "invoiceNo": invoice.number,
            "amount": invoice.bill.amount,
            "currency": invoice.bill.currency,
            "status": invoice.status.word(),
            "createTime": invoice.create_time,
        }),
    );
    let customer = customers::show_named(state, &invoice.bill.customer_id);
    echo::put_some(&mut shown, "customer", customer);
    echo::put_some(&mut shown, "items", invoice.bill.items.clone());
    echo::put_some(&mut shown, "sendTime", invoice.send_time);
    echo::put_some(&mut shown, "paidTime", invoice.paid_time);
    shown.into()
}

pub(super) fn list_invoices(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let query = &call.query;
    let found = state.invoices.iter().filter(|invoice| {
        let texts = ["name", "memo", "remark"].map(|name| invoice.text(name));
        page::is_one_of(query, "status", invoice.status.word())
            && page::within(query, Some(invoice.create_time))
            && page::mentions(query, texts.into_iter().chain([Some(invoice.number.as_str())]))
    });
    let found = page::newest_first(found);
    page::page(query, "invoices", &found, |invoice| show(state, invoice))
}

pub(super) fn create_invoice(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let bill = Bill::read(state, &call.body)?;
    let invoice = Invoice {
        id: state.ids.next("inv_"),
        number: format!("INV-{:06}", state.invoices.iter().count() + 1),
        status: Status::Draft,
        bill,
        send_time: None,
        paid_time: None,
        create_time: state.now,
    };
    let shown = show(state, &invoice);
    state.invoices.put(invoice);
    Ok(shown)
}

pub(super) fn get_invoice(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    Ok(show(state, state.invoices.get(call.path("invoiceId"))?))
}

pub(super) fn update_invoice(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    of_status(state, call, &[Status::Draft], refusal::WRONG_STATUS)?;
    let bill = Bill::read(state, &call.body)?;
    state.invoices.get_mut(call.path("invoiceId"))?.bill = bill;
    get_invoice(state, call)
}

pub(super) fn submit_invoice(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    of_status(state, call, &[Status::Draft], refusal::WRONG_STATUS)?.status = Status::Submit;
    get_invoice(state, call)
}

pub(super) fn send_invoice(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let now = state.now;
    let invoice = of_status(state, call, &[Status::Submit, Status::Sent], refusal::WRONG_STATUS)?;
    invoice.status = Status::Sent;
    invoice.send_time = Some(now);
    get_invoice(state, call)
}

pub(super) fn cancel_invoice(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let canceled = state.invoices.get(call.path("invoiceId"))?.status == Status::Canceled;
    let refused = if canceled { refusal::DONE_ALREADY } else { refusal::WRONG_STATUS };
    let before = [Status::Draft, Status::Submit, Status::Sent];
    of_status(state, call, &before, refused)?.status = Status::Canceled;
    get_invoice(state, call)
}

/// The invoice that a path names, if it is in one of these statuses.
fn of_status<'a>(
    state: &'a mut State,
    call: &Call,
    statuses: &[Status],
    otherwise: Code,
) -> Result<&'a mut Invoice, Refusal> {
    let invoice = state.invoices.get_mut(call.path("invoiceId"))?;
    if statuses.contains(&invoice.status) { Ok(invoice) } else { Err(otherwise.into()) }
}

pub(super) fn next_due(state: &State) -> Option<(i64, String)> {
    let open = state.invoices.iter().filter(|invoice| invoice.status.is_open());
    open.filter_map(|invoice| Some((invoice.bill.expiry_time?, invoice.id.clone()))).min()
}

pub(super) fn expire(state: &mut State, id: &str) {
    if let Some(invoice) = state.invoices.find_mut(id) {
        invoice.status = Status::Expired;
    }
}

/// The customer pays what was sent; answers with the id of the charge.
pub(super) fn pay(state: &mut State, id: &str, payment_method: &str) -> Result<String, LeverError> {
    let now = state.now;
    let invoice = state.invoices.find_mut(id).ok_or(LeverError::NotFound)?;
    if invoice.status != Status::Sent {
        return Err(LeverError::WrongStatus);
    }
    invoice.status = Status::Paid;
    invoice.paid_time = Some(now);
    let mut echo = echo::Shown::from_iter([("resource".to_owned(), Value::from("web"))]);
    echo::put_some(&mut echo, "description", invoice.text("name"));
    echo::put_some(&mut echo, "metadata", invoice.bill.echo.get("metadata").cloned());
    let ask = Ask {
        order_no: invoice.number.clone(),
        amount: invoice.bill.amount,
        currency: invoice.bill.currency.clone(),
        payment_method: payment_method.to_owned(),
        authorize_only: false,
        location_id: None,
        echo,
    };
    let charge = charges::add(state, ask);
    charges::agree(state, &charge);
    Ok(charge)
}
