"""The signature of a request: as Amazon's own examples have it, and as it was sent."""

import datetime

import pytest

from companion.sync.bucket_signing import quoted_path, quoted_query, signed
from companion.sync.store import Login

# "Examples: Signature Calculations" of the S3 documentation; the key is nobody's.
LOGIN = Login("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
NOW = datetime.datetime(2013, 5, 24, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("query", "signature"),
    [
        (
            quoted_query({"prefix": "J", "max-keys": "2"}),
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
        ),
        (
            quoted_query({"lifecycle": ""}),
            "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
        ),
    ],
)
def test_a_request_is_signed_as_amazon_would(query: str, signature: str) -> None:
    host = "examplebucket.s3.amazonaws.com"
    headers = signed("GET", host, "/", query, b"", login=LOGIN, region="us-east-1", now=NOW)
    assert headers["authorization"] == (
        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
        f"SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature={signature}"
    )
    assert headers["x-amz-date"] == "20130524T000000Z"
    assert LOGIN.password not in str(headers)


def test_paths_and_queries_are_quoted_once_and_whole() -> None:
    assert quoted_path("/b/随 席/a+b=c@d,e~f.pack") == (
        "/b/%E9%9A%8F%20%E5%B8%AD/a%2Bb%3Dc%40d%2Ce~f.pack"
    )
    assert quoted_query({"b": "a/b c&=", "a": ""}) == "a=&b=a%2Fb%20c%26%3D"
