"""Tests the client that OpenAPI Generator makes for Python against the running service."""

import os
import re
import unittest
import uuid

import satchel_client
from satchel_client.exceptions import ApiException, NotFoundException
from satchel_client.models import ItemChange, NewItem, NewUser, Problem

PASSWORD = "chimichangas4life"


class ClientTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        email = f"{uuid.uuid4()}@example.com"
        cls.configuration = satchel_client.Configuration(host=os.environ["SATCHEL_URL"])
        client = satchel_client.ApiClient(cls.configuration)
        cls.user = satchel_client.UsersApi(client).create_user(
            NewUser(email=email, password=PASSWORD)
        )
        tokens = satchel_client.TokensApi(client).issue_token(
            "password", username=email, password=PASSWORD
        )
        cls.configuration.access_token = tokens.access_token
        cls.users = satchel_client.UsersApi(client)
        cls.items = satchel_client.ItemsApi(client)

    def test_read_the_caller(self):
        self.assertEqual(self.users.get_me().id, self.user.id)

    def test_retry_with_an_idempotency_key(self):
        key = str(uuid.uuid4())
        first = self.items.create_item(NewItem(title="Katana"), idempotency_key=key)
        again = self.items.create_item(NewItem(title="Katana"), idempotency_key=key)
        self.assertEqual(first, again)

    def test_none_clears_a_member(self):
        new = NewItem(title="Katana", description="One of a pair")
        item_id = self.items.create_item(new).id
        etag = self.items.get_item_with_http_info(item_id).headers["ETag"]
        changed = self.items.update_item(item_id, ItemChange(description=None), if_match=etag)
        self.assertEqual(changed.title, "Katana")  # absent, and therefore unchanged
        self.assertIsNone(changed.description)
        with self.assertRaises(ApiException) as late:
            self.items.update_item(item_id, ItemChange(title="Unicorn"), if_match=etag)
        self.assertEqual(late.exception.status, 412)

    def test_page_through_a_list(self):
        created = self.items.create_items([NewItem(title=f"item {i}") for i in range(250)])
        titles, after = [], None
        while True:
            page = self.items.list_items_with_http_info(
                after=after, limit=100, owner_id=self.user.id, q="item"
            )
            titles += [item.title for item in page.data]
            link = re.search(r'<[^>]*[?&]after=([^&>]+)[^>]*>; rel="next"', page.headers["Link"])
            if not link:
                break
            after = link.group(1)
        self.assertEqual(titles, [item.title for item in created])

    def test_read_a_problem(self):
        with self.assertRaises(NotFoundException) as missing:
            self.items.get_item(0)
        problem = Problem.from_json(missing.exception.body)
        self.assertEqual(problem.type, "/problems/not-found")
        self.assertEqual(problem.detail, "Item not found")


if __name__ == "__main__":
    unittest.main()
