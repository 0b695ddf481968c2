//! The providers, for tests that hold for all of them.

use std::fs;

use kessai_core::{Decode, Unreadable};
use serde_json::Value;

use crate::document::Document;
use crate::example::{root, written};
use crate::generated;

/// What a test must know of a provider.
pub struct Provider {
    /// Its name.
    pub name: &'static str,
    /// The names of its operations.
    pub operations: &'static [&'static str],
    /// Reads an operation's answer, and writes it again.
    pub read_answer: Reader,
    /// Reads an operation's request body, and writes it again.
    pub read_request: Reader,
    /// Reads an error, and writes it again.
    pub read_error: fn(&[u8]) -> Result<Value, Unreadable>,
    /// The schema of its errors.
    pub error: &'static str,
    /// What it says besides answers and these errors.
    pub messages: &'static [Message],
    /// Published bodies that are read by nothing, and why.
    pub skipped: &'static [(&'static str, &'static str)],
}

/// What a provider says on its own account: a webhook, or an error of another shape.
pub struct Message {
    /// Its schema.
    pub schema: &'static str,
    /// Reads it, and writes it again.
    pub read: fn(&[u8]) -> Result<Value, Unreadable>,
    /// Published bodies of it.
    pub files: &'static [&'static str],
}

type Reader = fn(&str, &[u8]) -> Result<Value, Unreadable>;

/// All of them.
pub const PROVIDERS: &[Provider] = &[
    Provider {
        name: "appotapay",
        operations: generated::appotapay::OPERATIONS,
        read_answer: generated::appotapay::read_answer,
        read_request: generated::appotapay::read_request,
        read_error: |body| written(kessai_appotapay::errors::ErrorBody::decode(body)),
        error: "ErrorBody",
        messages: &[
            Message {
                schema: "WalletErrorBody",
                read: |body| written(kessai_appotapay::errors::WalletErrorBody::decode(body)),
                files: &[],
            },
            Message {
                schema: "PosErrorBody",
                read: |body| written(kessai_appotapay::errors::PosErrorBody::decode(body)),
                files: &[],
            },
            Message {
                schema: "CardChargingErrorBody",
                read: |body| written(kessai_appotapay::errors::CardChargingErrorBody::decode(body)),
                files: &[],
            },
            Message {
                schema: "SignedData",
                read: |body| written(kessai_appotapay::payment_events::SignedData::decode(body)),
                files: &["installment-ipn-webhook-1.json", "payment-redirect-webhook-1.json"],
            },
            Message {
                schema: "PaymentNotification",
                read: |body| {
                    written(kessai_appotapay::payment_events::PaymentNotification::decode(body))
                },
                files: &[],
            },
            Message {
                schema: "PaymentTokenResult",
                read: |body| {
                    written(kessai_appotapay::payment_events::PaymentTokenResult::decode(body))
                },
                files: &[],
            },
            Message {
                schema: "PaymentReturn",
                read: |body| written(kessai_appotapay::payment_events::PaymentReturn::decode(body)),
                files: &["payment-redirect-decoded-webhook-1.json"],
            },
            Message {
                schema: "InstallmentNotification",
                read: |body| {
                    written(kessai_appotapay::payment_events::InstallmentNotification::decode(body))
                },
                files: &["installment-ipn-decoded-webhook-1.json"],
            },
            Message {
                schema: "PaymentAcknowledgement",
                read: |body| {
                    written(kessai_appotapay::payment_events::PaymentAcknowledgement::decode(body))
                },
                files: &["payment-ipn-ack-response-1.json"],
            },
            Message {
                schema: "PlanNotification",
                read: |body| {
                    written(kessai_appotapay::subscription_events::PlanNotification::decode(body))
                },
                files: &[],
            },
            Message {
                schema: "CycleNotification",
                read: |body| {
                    written(kessai_appotapay::subscription_events::CycleNotification::decode(body))
                },
                files: &[],
            },
            Message {
                schema: "PaymentMethodNotification",
                read: |body| {
                    written(
                        kessai_appotapay::subscription_events::PaymentMethodNotification::decode(
                            body,
                        ),
                    )
                },
                files: &[],
            },
            Message {
                schema: "SubscriptionRefundNotification",
                read: |body| {
                    written(kessai_appotapay::subscription_events::SubscriptionRefundNotification::decode(body))
                },
                files: &[],
            },
            Message {
                schema: "PaymentMethodReturn",
                read: |body| {
                    written(kessai_appotapay::subscription_events::PaymentMethodReturn::decode(
                        body,
                    ))
                },
                files: &[],
            },
            Message {
                schema: "TransferNotification",
                read: |body| {
                    written(kessai_appotapay::service_events::TransferNotification::decode(body))
                },
                files: &[],
            },
            Message {
                schema: "EbillNotification",
                read: |body| {
                    written(kessai_appotapay::service_events::EbillNotification::decode(body))
                },
                files: &[],
            },
            Message {
                schema: "EbillAcknowledgement",
                read: |body| {
                    written(kessai_appotapay::service_events::EbillAcknowledgement::decode(body))
                },
                files: &["ebill-ipn-ack-response-1.json"],
            },
            Message {
                schema: "PosNotification",
                read: |body| {
                    written(kessai_appotapay::service_events::PosNotification::decode(body))
                },
                files: &[],
            },
        ],
        skipped: &[],
    },
    Provider {
        name: "elepay",
        operations: generated::elepay::OPERATIONS,
        read_answer: generated::elepay::read_answer,
        read_request: generated::elepay::read_request,
        read_error: |body| written(kessai_elepay::errors::ErrorBody::decode(body)),
        error: "ErrorBody",
        messages: &[Message {
            schema: "Event",
            read: |body| written(kessai_elepay::webhooks::Event::decode(body)),
            files: &[
                "event-webhook-1.json",
                "event-webhook-2.json",
                "event-webhook-3.json",
                "event-webhook-6.json",
            ],
        }],
        skipped: &[("listErrorCodes-response-1.json", "of a page without an operation")],
    },
    Provider {
        name: "univapay",
        operations: generated::univapay::OPERATIONS,
        read_answer: generated::univapay::read_answer,
        read_request: generated::univapay::read_request,
        read_error: |body| written(kessai_univapay::errors::ErrorBody::decode(body)),
        error: "ErrorBody",
        messages: &[Message {
            schema: "WebhookEvent",
            read: |body| written(kessai_univapay::events::WebhookEvent::decode(body)),
            files: &[
                "bankTransferStatusUpdated-webhook-1.json",
                "cancelFinished-webhook-1.json",
                "chargeFinished-webhook-1.json",
                "chargeUpdated-webhook-1.json",
                "customsDeclarationFinished-webhook-1.json",
                "refundFinished-webhook-1.json",
                "subscriptionCanceled-webhook-1.json",
                "subscriptionCompleted-webhook-1.json",
                "subscriptionCreated-webhook-1.json",
                "subscriptionFailure-webhook-1.json",
                "subscriptionPayment-webhook-1.json",
                "subscriptionSuspended-webhook-1.json",
                "tokenThreeDSUpdated-webhook-1.json",
                "tokenUpdated-webhook-1.json",
            ],
        }],
        skipped: &[],
    },
    Provider {
        name: "zafapay",
        operations: generated::zafapay::OPERATIONS,
        read_answer: generated::zafapay::read_answer,
        read_request: generated::zafapay::read_request,
        read_error: |body| written(kessai_zafapay::errors::ErrorBody::decode(body)),
        error: "ErrorBody",
        messages: &[Message {
            schema: "WebhookEvent",
            read: |body| written(kessai_zafapay::webhooks::WebhookEvent::decode(body)),
            files: &["paymentSucceeded-webhook-2.json", "paymentSucceeded-webhook-4.json"],
        }],
        skipped: &[],
    },
];

impl Provider {
    /// Its joined document.
    pub fn document(&self) -> Document {
        let path = root().join(format!("crates/kessai-{}/openapi.json", self.name));
        let text = fs::read_to_string(path).expect("a document");
        Document::of(&text)
    }
}
