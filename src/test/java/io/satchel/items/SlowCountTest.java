package io.satchel.items;

import static io.satchel.Api.newItem;
import static io.satchel.Api.newUser;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.satchel.platform.pagination.KeysetQuery;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SlowCountTest {

  @Test
  void a_count_that_takes_longer_than_a_second_ends_without_a_result() {
    long owner = newUser();
    newItem(owner, "katana");
    assertEquals(Optional.of(1L), itemsOf(owner).count());
    KeysetQuery<ItemView> slow =
        itemsOf(owner)
            .where("cast(sql('(pg_sleep(?) is not null)', :time) as Boolean)", "time", 60.0);
    assertEquals(Optional.empty(), slow.count());
  }

  private static KeysetQuery<ItemView> itemsOf(long owner) {
    return new KeysetQuery<>(Item.class, ItemView.class, ItemView.ATTRIBUTES)
        .addPartition("ownerId = :owner")
        .bind("owner", owner);
  }
}
