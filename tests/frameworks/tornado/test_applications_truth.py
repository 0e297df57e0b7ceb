"""What Tornado passes to handlers, and that it makes one for each request, with the real Tornado."""

from tornado.testing import AsyncHTTPTestCase
from tornado.web import Application, RequestHandler, url


class Named(RequestHandler):
    made = 0

    def initialize(self, name: str) -> None:
        self.name = name
        Named.made += 1

    def get(self) -> None:
        self.write(f"{self.name} {self.settings['shop']} {self.application.settings.get('shop')}")


class Shop(Application):
    def __init__(self) -> None:
        given = {"name": "Anna"}
        super().__init__([("/tuple", Named, given), url("/url", Named, given)], shop="books")


class TestApplication(AsyncHTTPTestCase):
    def get_app(self) -> Application:
        return Shop()

    def test_settings_and_what_routes_pass_are_known_to_handlers(self) -> None:
        Named.made = 0
        assert [self.fetch(path).body for path in ("/tuple", "/url")] == [b"Anna books books"] * 2
        assert Named.made == 2
