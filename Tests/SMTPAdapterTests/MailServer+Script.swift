extension MailServer {
    /// The server: aiosmtpd, or something that only listens. It says its port, ends with its input
    /// and keeps each message as a file, read by Python's own parser.
    ///
    /// Who a letter is for decides what becomes of it: `later` is asked to come again once,
    /// `never` is refused, `spam` is refused after its text, and `slow` gets no answer when the
    /// option says so.
    static let script = """
        import asyncio, email, email.policy, json, os, ssl, sys, threading

        try:
            from aiosmtpd.smtp import SMTP, AuthResult
        except ImportError:
            print("missing", flush=True)
            sys.exit(1)

        options = json.loads(sys.argv[1])
        folder = options["folder"]
        seen = set()

        def keep(name, value):
            with open(folder + "/draft", "w") as file:
                json.dump(value, file)
            os.rename(folder + "/draft", folder + "/" + name)

        class Handler:
            async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
                name = address.split("@")[0]
                if name == "later" and name not in seen:
                    seen.add(name)
                    return "451 come back, " + address
                if name == "never":
                    return "550 nobody here is " + address
                if name == "closing":
                    return "421 we close"
                envelope.rcpt_tos.append(address)
                return "250 yes"

            async def handle_DATA(self, server, session, envelope):
                name = envelope.rcpt_tos[0].split("@")[0]
                if name == "spam":
                    return "554 we do not want this"
                if name == "slow" and options["isSlow"]:
                    keep("slow", {})
                    await asyncio.sleep(86400)
                bytes = envelope.original_content
                message = email.message_from_bytes(bytes, policy=email.policy.default)
                over_tls = server.transport.get_extra_info("sslcontext") is not None
                number = len([name for name in os.listdir(folder) if name.endswith(".json")])
                keep("%06d.json" % number, {
                    "from": envelope.mail_from, "to": envelope.rcpt_tos,
                    "headers": message.keys(), "id": message["Message-ID"],
                    "subject": message["Subject"],
                    "text": message.get_content().replace("\\r\\n", "\\n"),
                    "isSevenBit": all(byte < 128 for byte in bytes),
                    "longest": max(len(line) for line in bytes.split(b"\\r\\n")),
                    "overTLS": over_tls, "user": bool(session.authenticated),
                })
                return "250 taken"

        def authenticate(server, session, envelope, mechanism, data):
            known = data.login == b"chair" and data.password == options["password"].encode()
            return AuthResult(success=known, handled=False, auth_data="chair")

        async def garbage(reader, writer):
            try:
                while True:
                    writer.write(b"\\xff\\x00 no greeting\\r\\n" * 100)
                    await writer.drain()
            except ConnectionError:
                writer.close()

        async def half(reader, writer):
            writer.write(b"220 mail.example\\r\\n")
            async for line in reader:
                begins = line.startswith(b"DATA")
                writer.write(b"354 go on\\r\\n" if begins else b"250 yes\\r\\n")
                if begins:
                    await reader.readexactly(1000)
                    writer.transport.abort()
                    return

        async def main():
            loop = asyncio.get_running_loop()
            context = None
            if options["certificate"]:
                context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
                context.load_cert_chain(options["certificate"], options["key"])
            def protocol():
                starts = context if options["mode"] == "startTLS" else None
                needs = bool(options["password"])
                return SMTP(
                    Handler(), hostname="mail.example", loop=loop, tls_context=starts,
                    require_starttls=starts is not None, auth_required=needs,
                    auth_require_tls=True, authenticator=authenticate)
            raw = {"garbage": garbage, "half": half}.get(options["mode"])
            implicit = context if options["mode"] == "implicitTLS" else None
            async def listen():
                if raw:
                    return await asyncio.start_server(raw, "127.0.0.1", options["port"])
                return await loop.create_server(
                    protocol, "127.0.0.1", options["port"], ssl=implicit)
            for attempt in range(100):
                try:
                    server = await listen()
                    break
                except OSError:
                    # A client has the port for a moment, as its own end of a connection.
                    await asyncio.sleep(0.1)
            print(server.sockets[0].getsockname()[1], flush=True)
            await server.serve_forever()

        def end_with_input():
            sys.stdin.read()
            os._exit(0)

        threading.Thread(target=end_with_input, daemon=True).start()
        asyncio.run(main())
        """
}
