package io.satchel.users;

import io.satchel.http.Representation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An item of a user, as a client sees it. */
@Schema(ref = "Item")
public interface OwnedItem extends Representation {}
