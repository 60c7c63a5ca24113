package io.satchel.items;

import io.satchel.auth.Caller;
import io.satchel.http.Conditions;
import io.satchel.http.Problem;
import io.satchel.retries.Repetitions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.Status;

/** Makes items, each time that a client asks for it, and once however often it repeats that. */
@Singleton
class ItemCreation {

  /** How many can be made at once. */
  static final int MAX = 1_000;

  @Inject Caller caller;
  @Inject Repetitions repetitions;
  @Inject Conditions conditions;

  Response create(NewItem input, long ownerId) {
    return repetitions.once(
        caller.id(),
        () -> {
          Item item = input.toItemOf(ownerId);
          Item.save(List.of(item), caller);
          return conditions.created("/items/" + item.id, ItemView.of(item));
        });
  }

  /** All of these items, or none. */
  Response create(List<NewItem> input, long ownerId) {
    if (input.isEmpty() || input.size() > MAX) {
      throw Problem.invalidInput("", "must have 1 to 1,000 items");
    }
    return repetitions.once(
        caller.id(),
        () -> {
          List<Item> items = input.stream().map(item -> item.toItemOf(ownerId)).toList();
          Item.save(items, caller);
          return RestResponse.status(Status.CREATED, ItemView.of(items));
        });
  }
}
