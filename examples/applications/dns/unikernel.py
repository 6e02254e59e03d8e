from mirage import args, log
from mirage.dns import Client

domain_name = args.add("--domain-name", required=True, doc="The name to find.")


async def start(dns: Client) -> None:
    log.info("%s: %s", domain_name(), await dns.gethostbyname(domain_name()))
