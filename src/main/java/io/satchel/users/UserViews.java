package io.satchel.users;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** Shows users, each with the first of the items that the caller may see. */
@Singleton
class UserViews {

  @Inject OwnedItems items;

  UserView of(User user) {
    return of(List.of(user)).getFirst();
  }

  List<UserView> of(List<User> users) {
    List<Long> ids = users.stream().map(user -> user.id).toList();
    Map<Long, List<OwnedItem>> first = items.firstOf(ids, UserView.ITEMS + 1);
    return users.stream()
        .map(user -> UserView.of(user, first.getOrDefault(user.id, List.of())))
        .toList();
  }
}
