import boto3
from boto3.dynamodb.conditions import Attr, Key


def start():
    condition = Key("id").eq(5) & Attr("name").begins_with("a")
    print(condition.get_expression()["operator"], boto3.__version__.split(".")[0])
