package io.satchel.items;

import io.satchel.auth.Caller;
import io.satchel.platform.clients.ResponseMemory;
import io.satchel.platform.conditional.ConditionalResponses;
import io.satchel.platform.idempotency.IdempotentRequests;
import io.satchel.platform.problems.ProblemException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.Status;

/** Creates items, once for each idempotency key. */
@Singleton
public class ItemCreator {

  /** The maximum number of items in a batch. */
  static final int MAX_BATCH_SIZE = 1_000;

  @Inject Caller caller;
  @Inject IdempotentRequests idempotentRequests;
  @Inject ConditionalResponses responses;
  @Inject ResponseMemory memory;
  @Inject ItemQuota quota;

  /** Creates one item. */
  public Response create(NewItem input, long ownerId) {
    return idempotentRequests.execute(
        caller.id(),
        input,
        () -> {
          Item item = input.toItem(ownerId);
          insert(List.of(item), ownerId);
          return responses.created("/items/" + item.id, ItemView.of(item));
        });
  }

  /** Creates all of the items, or none. */
  Response createAll(List<NewItem> input, long ownerId) {
    if (input.isEmpty() || input.size() > MAX_BATCH_SIZE) {
      throw ProblemException.invalidInput("", "must have 1 to 1,000 items");
    }
    memory.take(input.stream().mapToLong(NewItem::bytes).sum());
    return idempotentRequests.execute(
        caller.id(),
        input,
        () -> {
          List<Item> items = input.stream().map(item -> item.toItem(ownerId)).toList();
          insert(items, ownerId);
          return RestResponse.status(Status.CREATED, ItemView.of(items));
        });
  }

  private void insert(List<Item> items, long ownerId) {
    quota.takeRate(caller.id(), items.size());
    Item.insert(items, caller);
    quota.check(ownerId, items.size());
  }
}
