package io.satchel.platform.concurrency;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.core.Application;

/** Runs each resource method on a virtual thread (ADR 10), unless it has another annotation. */
@RunOnVirtualThread
public class SatchelApplication extends Application {}
