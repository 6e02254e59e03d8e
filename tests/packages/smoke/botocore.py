from botocore.utils import ArnParser, is_valid_endpoint_url, percent_encode


def start():
    print(ArnParser().parse_arn("arn:aws:s3:us-east-1:123:bucket/key"))
    print(percent_encode("a b/c~"), is_valid_endpoint_url("https://example.com/"))
