"""Signatures of elepay's webhooks, computed by something that is not kessai.

Prints tests/vectors/elepay_webhooks.json: python3 tests/vectors/elepay_webhooks.py
"""

import hashlib
import hmac
import json

SECRETS = ["whsec_test_0123456789abcdef", "k", "!#$%&()*+-./:;<=>?@[]^_{|}~", "x" * 64, "y" * 65]
BODIES = [
    '{"id":"evt_1","type":"charge.succeeded"}',
    '{"id":"evt_2","object":"event","createTime":1775962800000,"liveMode":false,"type":"refund.succeeded",'
    '"data":{"object":{"id":"rfd_1","amount":500}}}',
    '{ "id" : "evt_3",\r\n  "type" : "source.activated" }\n',
    '{"id":"evt_4","type":"charge.waiting","data":{"object":{"id":"ch_1","description":"山田 花子 \\u3042 \\/"}}}',
    '{"id":"evt_5","type":"charge.notified","data":{"object":{"id":"ch_2","fee":10.00,"x":1e2}}}',
    '{"id":"evt_6","type":"dream.dreamt","data":{"object":[1,2.50,"three",null]}}',
    '{"id":"evt_7","type":"charge.revoked","data":{}}',
    '{"id":"evt_8","type":"subscription.paused","pad":"' + "." * 4096 + '"}',
]
TIMES = [1700000000, 1775962800, 0, 4102444800]


def sign(secret, time, body):
    message = str(time).encode() + b"." + body.encode()
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


vectors = [
    {"secret": secret, "time": time, "body": body, "sign": sign(secret, time, body)}
    for secret in SECRETS
    for body in BODIES
    for time in TIMES
]
print(json.dumps(vectors, ensure_ascii=False, indent=0))
