package dev.descent.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// The life of a job as its stored events tell it, and what in it should not be.
///
/// The table of transitions is written down here a second time, so that a transition added to the service by
/// mistake does not become right by that.
///
/// @param job as it was read after the events
record JobLife(String id, List<JsonNode> events, JsonNode job) {

    private static final Map<String, Set<String>> NEXT = Map.of(
            "QUEUED", Set.of("RUNNING", "PAUSED", "CANCELLED"),
            "RUNNING", Set.of("SUCCEEDED", "FAILED", "PAUSING", "CANCELLING", "QUEUED"),
            "PAUSING", Set.of("PAUSED", "SUCCEEDED", "FAILED", "CANCELLING"),
            "PAUSED", Set.of("QUEUED", "CANCELLED"),
            "CANCELLING", Set.of("CANCELLED"),
            "SUCCEEDED", Set.of(),
            "FAILED", Set.of(),
            "CANCELLED", Set.of());
    private static final String PATH = "/training-jobs/";

    static JobLife read(Http api, String id) {
        List<JsonNode> events = new ArrayList<>();
        String after = "0";
        while (after != null) {
            JsonNode page = api.read(PATH + id + "/events?limit=500&after=" + after, "Accept", "application/json")
                    .json();
            page.get("data").forEach(events::add);
            JsonNode cursor = page.get("nextCursor");
            after = cursor.isNull() || cursor.stringValue().equals(after) ? null : cursor.stringValue();
        }
        return new JobLife(id, events, api.get(PATH + id));
    }

    /// The states it came to, in order.
    List<String> states() {
        return events.stream()
                .filter(event -> is(event, "state"))
                .map(event -> event.at("/data/state").stringValue())
                .toList();
    }

    String state() {
        return job.get("state").stringValue();
    }

    boolean ended() {
        return NEXT.get(state()).isEmpty();
    }

    boolean passed(String... course) {
        return states().equals(List.of(course));
    }

    /// What no job's life may hold; empty when all is well.
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        numbers(faults);
        transitions(faults);
        end(faults);
        epochs(faults);
        return faults.stream()
                .map(fault -> id + ": " + fault + " in " + course())
                .toList();
    }

    private void numbers(List<String> faults) {
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).get("sequence").longValue() != i + 1) {
                faults.add("event " + (i + 1) + " has number "
                        + events.get(i).get("sequence").longValue());
            }
        }
    }

    private void transitions(List<String> faults) {
        String before = null;
        long attempt = 0;
        for (JsonNode event : events) {
            if (!is(event, "state")) {
                continue;
            }
            String state = event.at("/data/state").stringValue();
            if (before == null ? !state.equals("QUEUED") : !NEXT.get(before).contains(state)) {
                faults.add("illegal transition from " + before + " to " + state);
            }
            long now = event.at("/data/attempt").longValue();
            if (state.equals("RUNNING") ? now != attempt + 1 : before != null && now != attempt) {
                faults.add(state + " of attempt " + now + " after attempt " + attempt);
            }
            before = state;
            attempt = now;
        }
        if (!state().equals(before)) {
            faults.add("the job is " + state() + ", its last event says " + before);
        }
    }

    private void end(List<String> faults) {
        long ends = events.stream().filter(event -> is(event, "end")).count();
        if (ends != (ended() ? 1 : 0)) {
            faults.add(ends + " events end although the job is " + state());
        }
        if (ended() && !is(events.getLast(), "end")) {
            faults.add("an event follows the end");
        }
        if (state().equals("SUCCEEDED") == job.get("modelId").isNull()) {
            faults.add("the job is " + state() + ", its model is " + job.get("modelId"));
        }
    }

    private void epochs(List<String> faults) {
        long last = 0;
        boolean running = false;
        for (JsonNode event : events) {
            if (is(event, "state")) {
                String state = event.at("/data/state").stringValue();
                running = state.equals("RUNNING") || running && state.endsWith("ING");
            } else if (is(event, "epoch")) {
                long epoch = event.at("/data/epoch").longValue();
                if (epoch <= last) {
                    faults.add("epoch " + epoch + " after epoch " + last);
                }
                if (!running) {
                    faults.add("epoch " + epoch + " while no worker holds the job");
                }
                last = epoch;
            }
        }
    }

    private List<String> course() {
        return events.stream()
                .map(event -> is(event, "state")
                        ? event.at("/data/state").stringValue()
                        : event.get("event").stringValue())
                .toList();
    }

    private static boolean is(JsonNode event, String kind) {
        return event.get("event").stringValue().equals(kind);
    }
}
