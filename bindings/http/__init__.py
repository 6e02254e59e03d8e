"""HTTP/1.1: a server whose handler is a Python function, and a client.

from mirage import http

async def handler(request):
    return http.Response("hello " + request.path + "\n")

await http.serve(handler, port=80)
"""

from mirage.http.client import Client, request
from mirage.http.device import Http, HttpServer, client_of_conduit, client_of_mimic
from mirage.http.message import Error, Headers, Request, Response, json, redirect
from mirage.http.server import Server, serve
from mirage.http.static import Static

__all__ = [
    "Client",
    "Error",
    "Headers",
    "Http",
    "HttpServer",
    "Request",
    "Response",
    "Server",
    "Static",
    "client_of_conduit",
    "client_of_mimic",
    "json",
    "redirect",
    "request",
    "serve",
]
