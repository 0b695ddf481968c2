//! Payments of customers at AppotaPay: at its checkout, out of wallets, at terminals.

use kessai_appotapay::errors::{
    InstallmentErrorCode, PaymentErrorCode, PosErrorCode, WalletErrorCode,
};
use kessai_appotapay::payment_refunds::{CreatePaymentRefund, PaymentRefundStatus};
use kessai_appotapay::payment_tokens::DeletePaymentToken;
use kessai_appotapay::payments::{
    CreatePayment, HostedPayment, ListPayments, NewOrder, NewPartnerReference, NewTransaction,
    Payment, PaymentAction, PaymentMeans, PaymentNotificationConfig, PaymentStatus,
};
use kessai_appotapay::pos_payments::{CreatePosPayment, PosPaymentMethod, PosPaymentStatus};
use kessai_appotapay::wallet_links::{
    CreateWalletAccessToken, GetWalletAccount, GetWalletLoginForm, UnlinkWallet,
};
use kessai_appotapay::wallet_payments::{
    ConfirmWalletPayment, CreateWalletPayment, WalletPayment, WalletVerification,
};
use kessai_appotapay::{Client, Error, Id, Outcome, Secret};
use kessai_sandbox::Sandbox;
use kessai_sandbox::appotapay::wallet;

use super::appotapay::{callbacks, client, refused};

/// An order of 250,000 dong, to be paid by a domestic card.
fn order(id: &str, action: PaymentAction) -> CreatePayment {
    let notified =
        PaymentNotificationConfig::new("https://shop.example/notify", "https://shop.example/back");
    CreatePayment::new(
        NewTransaction::new(250_000, "VND", PaymentMeans::Atm, action),
        NewPartnerReference::new(NewOrder::new(id, "Two seats"), notified),
    )
}

fn id_of(payment: &HostedPayment) -> Id<Payment> {
    payment.transaction.as_ref().expect("a transaction").transaction_id.clone()
}

fn status_of(payment: &Payment) -> Option<PaymentStatus> {
    payment.transaction.as_ref().and_then(|it| it.status.clone())
}

fn code<T>(result: Result<T, Error>) -> PaymentErrorCode {
    PaymentErrorCode::of(&refused(result)).expect("AppotaPay's own code")
}

#[tokio::test]
async fn all_payments_are_walked_once_by_numbered_pages_of_any_size() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let client = client(&sandbox);
    let mut made = Vec::new();
    for number in 0..120 {
        let order = order(&format!("ORD{number}"), PaymentAction::Pay);
        made.push(id_of(&client.payments().create(&order).await?));
    }
    made.sort();
    for (limit, requests) in [(None, 4), (Some(20), 9), (Some(7), 31)] {
        let before = sandbox.appotapay().journal().len();
        let query = ListPayments { limit, ..ListPayments::default() };
        let walked = client.payments().list_all(&query).into_vec().await?;
        let mut walked: Vec<_> = walked.into_iter().map(|it| it.appotapay_trans_id).collect();
        walked.sort();
        assert_eq!(walked, made, "{limit:?}");
        assert_eq!(sandbox.appotapay().journal().len() - before, requests, "{limit:?}");
    }
    let query = ListPayments { page: Some(3), limit: Some(50), ..ListPayments::default() };
    assert_eq!(client.payments().list_all(&query).into_vec().await?.len(), 20);
    Ok(())
}

#[tokio::test]
async fn a_hosted_order_is_paid_told_and_its_card_saved_for_the_next() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let (appotapay, client) = (sandbox.appotapay(), client(&sandbox));
    let made = client.payments().create(&order("ORD-1", PaymentAction::PayWithReturnToken)).await?;
    let id = id_of(&made);
    assert!(made.payment.is_some_and(|it| it.url.is_some()), "where the customer is sent");
    assert_eq!(
        status_of(&client.payments().find_by_order_id("ORD-1").await?),
        Some(PaymentStatus::Pending)
    );
    assert!(appotapay.events().is_empty());

    appotapay.pay_order(id.as_str()).expect("an open order");
    let told = callbacks(&sandbox).payment(appotapay.events()[0].body()).expect("it is signed");
    let transaction = &told.transaction;
    assert_eq!(
        (&transaction.transaction_id, &transaction.status),
        (&id, &Some(PaymentStatus::Success))
    );
    let paid = client.payments().find_by_order_id("ORD-1").await?;
    assert_eq!(status_of(&paid), Some(PaymentStatus::Success));

    let back = appotapay.payment_return(id.as_str()).expect("a payment");
    let (_, query) = back.split_once('?').expect("a query");
    let told_browser = callbacks(&sandbox).payment_return_in_full(query).expect("it is signed");
    assert_eq!(told_browser.transaction, told.transaction);
    let forged = query.replacen("data=", "data=A", 1);
    assert!(callbacks(&sandbox).payment_return(&forged).is_err());

    let saved = told.saved_card().and_then(|saved| saved.card).expect("the saved card");
    let token = saved.token.expect("a token");
    let mut again = order("ORD-2", PaymentAction::PayWithToken);
    again.transaction.token = Some(token.clone());
    let again = id_of(&client.payments().create(&again).await?);
    appotapay.pay_order(again.as_str()).expect("an open order");
    client.payment_tokens().delete(&DeletePaymentToken::new(token.clone())).await?;
    let mut gone = order("ORD-3", PaymentAction::PayWithToken);
    gone.transaction.token = Some(token);
    assert_eq!(code(client.payments().create(&gone).await), PaymentErrorCode::InvalidRequest);
    assert_eq!(appotapay.ledger().totals()["VND"].captured, 500_000);
    Ok(())
}

#[tokio::test]
async fn an_order_is_placed_once_and_given_back_in_parts() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let (appotapay, client) = (sandbox.appotapay(), client(&sandbox));
    let id = id_of(&client.payments().create(&order("ORD-1", PaymentAction::Pay)).await?);
    let again = client.payments().create(&order("ORD-1", PaymentAction::Pay)).await;
    assert_eq!(code(again), PaymentErrorCode::OrderRepeated);
    let found = client.payments().find_by_order_id("ORD-1").await?;
    assert_eq!(found.transaction.as_ref().map(|it| &it.transaction_id), Some(&id));

    let refund = |reference: &str, amount| {
        CreatePaymentRefund::new(reference, id.clone(), amount, "VND", "one seat returned")
    };
    let early = client.payment_refunds().create(&refund("REF-1", 1_000)).await;
    assert_eq!(code(early), PaymentErrorCode::RefundUnsupported, "nobody has paid");
    appotapay.pay_order(id.as_str()).expect("an open order");
    let part = client.payment_refunds().create(&refund("REF-1", 100_000)).await?;
    assert_eq!(part.status, Some(PaymentRefundStatus::Success));
    let again = client.payment_refunds().create(&refund("REF-1", 100_000)).await;
    assert_eq!(code(again), PaymentErrorCode::RefundRepeated);
    let found = client.payment_refunds().find_by_partner_ref_id("REF-1").await?;
    assert_eq!(found.refund_id, part.refund_id);
    let over = client.payment_refunds().create(&refund("REF-2", 150_001)).await;
    assert_eq!(code(over), PaymentErrorCode::AmountInvalid);

    let ledger = appotapay.ledger();
    ledger.assert_sound();
    let totals = ledger.reference("ORD-1")[0].totals;
    assert_eq!((totals.captured, totals.refunded), (250_000, 100_000));
    Ok(())
}

#[tokio::test]
async fn a_customer_who_gives_up_is_told_to_the_browser_alone() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let (appotapay, client) = (sandbox.appotapay(), client(&sandbox));
    let id = id_of(&client.payments().create(&order("ORD-1", PaymentAction::Pay)).await?);
    appotapay.fail_order(id.as_str()).expect("an open order");
    assert!(appotapay.events().is_empty());
    let back = appotapay.payment_return(id.as_str()).expect("a payment");
    let (_, query) = back.split_once('?').expect("a query");
    let told = callbacks(&sandbox).payment_return(query).expect("it is signed");
    let told = told.transaction;
    assert_eq!((told.status, told.error_code), (Some(PaymentStatus::Error), Some(33)));
    let failed = client.payments().find_by_order_id("ORD-1").await?;
    assert_eq!(status_of(&failed), Some(PaymentStatus::Error), "looking is no failure");
    assert_eq!(appotapay.ledger().totals()["VND"].captured, 0);
    Ok(())
}

#[tokio::test]
async fn a_payment_by_the_month_is_told_again_when_the_bank_has_decided() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let (appotapay, client) = (sandbox.appotapay(), client(&sandbox));
    for (order_id, converted, expected) in [
        ("ORD-1", true, InstallmentErrorCode::Converted),
        ("ORD-2", false, InstallmentErrorCode::BankRefused),
    ] {
        let mut body = order(order_id, PaymentAction::Pay);
        body.transaction.payment_method = PaymentMeans::Installment;
        let config = &mut body.partner_reference.notification_config;
        config.installment_notify_url = Some("https://shop.example/installments".into());
        let id = id_of(&client.payments().create(&body).await?);
        appotapay.pay_order(id.as_str()).expect("an open order");
        appotapay.settle_installment(id.as_str(), converted).expect("a payment by the month");
        let events = appotapay.events();
        let told = callbacks(&sandbox).installment(events.last().expect("a callback").body());
        let told = told.expect("it is signed").transaction;
        let code =
            told.error_code.map(|code| InstallmentErrorCode::from(code.to_string().as_str()));
        assert_eq!(code, Some(expected));
    }
    Ok(())
}

/// Links a wallet with the merchant, as its owner does in a browser.
async fn link(sandbox: &Sandbox, client: &Client) -> Result<Secret, Error> {
    let appotapay = sandbox.appotapay();
    let key = appotapay.api_key();
    let form =
        GetWalletLoginForm::new(key, "user.info", "code", "https://shop.example/linked", "s");
    client.wallet_links().get_wallet_login_form(&form).await?;
    let journal = appotapay.journal();
    let asked = journal.last().expect("a call");
    let asked = format!("{}?{}", asked.path(), asked.query());
    let back = appotapay.link_wallet(&asked).expect("a login form");
    let code = back.split(['?', '&']).find_map(|part| part.strip_prefix("code="));
    let ask = CreateWalletAccessToken::new(
        key,
        appotapay.secret_key(),
        "authorization_code",
        code.expect("a code"),
    );
    let tokens = client.wallet_links().create_wallet_access_token(&ask).await?;
    Ok(tokens.data.clone().and_then(|it| it.access_token).expect("a token"))
}

async fn balance(client: &Client, token: &Secret) -> Result<i64, Error> {
    let account = client.wallet_links().get_wallet_account(&GetWalletAccount::new(token.clone()));
    Ok(account.await?.data.as_ref().and_then(|it| it.wallet_balance).expect("a balance"))
}

fn wallet_status(payment: &WalletPayment) -> Option<PaymentStatus> {
    payment.transaction.as_ref().and_then(|it| it.status.clone())
}

#[tokio::test]
async fn a_linked_wallet_pays_with_a_password_and_gets_its_money_back() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let client = client(&sandbox);
    let token = link(&sandbox, &client).await?;
    let owner = client.for_wallet(token.clone());
    let large = |order: &str| CreateWalletPayment::new(order, "Coffee", wallet::OTP_FROM, "VND");
    let confirm = |otp: &str| ConfirmWalletPayment::new("ORD1", WalletVerification::Otp, otp);

    let open = owner.wallet_payments().create(&large("ORD1")).await?;
    assert_eq!(wallet_status(&open), Some(PaymentStatus::Pending));
    let wrong = owner.wallet_payments().confirm(&confirm("000000")).await;
    assert_eq!(WalletErrorCode::of(&refused(wrong)), Some(WalletErrorCode::OtpWrong));
    assert_eq!(balance(&client, &token).await?, wallet::BALANCE, "nothing is paid yet");
    let paid = owner.wallet_payments().confirm(&confirm(wallet::OTP)).await?;
    assert_eq!(wallet_status(&paid), Some(PaymentStatus::Success));
    assert_eq!(balance(&client, &token).await?, wallet::BALANCE - wallet::OTP_FROM);
    let again = owner.wallet_payments().create(&large("ORD1")).await;
    assert_eq!(WalletErrorCode::of(&refused(again)), Some(WalletErrorCode::OrderRepeated));

    let found = client.wallet_payments().find_by_order_id("ORD1").await?;
    let id = found.transaction.as_ref().expect("a transaction").transaction_id.clone();
    let refund = CreatePaymentRefund::new("RF1", id, wallet::OTP_FROM, "VND", "cold");
    client.payment_refunds().create(&refund).await?;
    assert_eq!(balance(&client, &token).await?, wallet::BALANCE);

    let unlink = UnlinkWallet::new(sandbox.appotapay().api_key(), token);
    client.wallet_links().unlink_wallet(&unlink).await?;
    refused(owner.wallet_payments().create(&large("ORD2")).await);
    sandbox.appotapay().ledger().assert_sound();
    Ok(())
}

#[tokio::test]
async fn a_third_wrong_password_and_an_empty_wallet_are_refusals_within_a_good_status()
-> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let client = client(&sandbox);
    let token = link(&sandbox, &client).await?;
    let owner = client.for_wallet(token.clone());
    let pay = |order: &str| CreateWalletPayment::new(order, "Coffee", wallet::OTP_FROM, "VND");
    owner.wallet_payments().create(&pay("ORD1")).await?;
    let wrong = ConfirmWalletPayment::new("ORD1", WalletVerification::Otp, "000000");
    for code in
        [WalletErrorCode::OtpWrong, WalletErrorCode::OtpWrong, WalletErrorCode::OtpTriesExceeded]
    {
        let error = refused(owner.wallet_payments().confirm(&wrong).await);
        assert_eq!(WalletErrorCode::of(&error), Some(code));
    }
    sandbox.appotapay().set_wallet_balance(token.reveal(), 1_000).expect("a wallet");
    let small = CreateWalletPayment::new("ORD2", "Coffee", 1_001, "VND");
    let error = refused(owner.wallet_payments().create(&small).await);
    assert_eq!(WalletErrorCode::of(&error), Some(WalletErrorCode::BalanceTooLow));
    assert_eq!(sandbox.appotapay().ledger().totals()["VND"].captured, 0);
    Ok(())
}

#[tokio::test]
async fn a_code_at_a_terminal_is_paid_told_and_voided() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let (appotapay, client) = (sandbox.appotapay(), client(&sandbox));
    let body =
        CreatePosPayment::new("POS-1", "Two tickets", "TID-1", PosPaymentMethod::Qr, 120_000);
    let made = client.pos_payments().create(&body).await?;
    assert!(made.payment_info.as_ref().is_some_and(|it| it.qr_content.is_some()));
    let again = client.pos_payments().create(&body).await.expect_err("the reference is used");
    assert_eq!(PosErrorCode::of(&again), Some(PosErrorCode::Code30));
    assert_eq!(again.outcome(), Outcome::Unknown, "what 30 means at terminals is not documented");
    let found = client.pos_payments().find_by_partner_ref_id("POS-1").await?;
    assert_eq!(found.status, Some(PosPaymentStatus::Pending));

    appotapay.pay_at_terminal("POS-1").expect("a payment that waits");
    appotapay.void_at_terminal("POS-1").expect("a payment of today");
    let told = |place: usize| {
        let told = callbacks(&sandbox).pos(appotapay.events()[place].body()).expect("it is signed");
        let told = told.transaction;
        assert_eq!(told.transaction_id, found.transaction_id);
        (told.partner_ref_id, told.status)
    };
    assert_eq!(told(0), ("POS-1".into(), PosPaymentStatus::Success));
    assert_eq!(told(1), ("POS-1".into(), PosPaymentStatus::Void));
    let found = client.pos_payments().find_by_partner_ref_id("POS-1").await?;
    assert_eq!(found.status, Some(PosPaymentStatus::Void));
    let ledger = appotapay.ledger();
    ledger.assert_sound();
    let totals = ledger.reference("POS-1")[0].totals;
    assert_eq!((totals.captured, totals.refunded), (120_000, 120_000));
    Ok(())
}
