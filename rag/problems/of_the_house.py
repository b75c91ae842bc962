"""What goes wrong in the house itself: search, database, disk, queue."""

from rag.problems.problem import IN_THE_BOX, SAVED, Kind, Problem

OF_THE_HOUSE: dict[Kind, Problem] = {
    "vectors_warming": Problem(
        "The app was still warming up, so this was found by words alone, not by meaning.",
        "",
        "You can try again.",
        "Passes by itself within seconds of the start.",
    ),
    "vectors_elsewhere": Problem(
        "The search by meaning is not available here, so this was found by words alone.",
        "",
        "You can try again later.",
        "Another process holds the vector index, or the embedding model is missing: `footnote doctor`.",
    ),
    "vectors_damaged": Problem(
        "The search by meaning is being repaired, so this was found by words alone.",
        "",
        "You can try again in a minute.",
        "The vector index did not answer: it is opened again and filled from the database.",
    ),
    "database_locked": Problem(
        "The app's memory is busy and your question could not be saved.",
        "It is still here in the box below.",
        "Send it again.",
        "Another process holds the write lock of SQLite for over five seconds: `lsof` names it.",
    ),
    "database_unavailable": Problem(
        "The app's memory cannot be reached and nothing could be saved.",
        IN_THE_BOX,
        "Send it again in a moment.",
        "The database cannot be opened, read or written: the log says why.",
    ),
    "disk_full": Problem(
        "The app has no room left on its disk, so your question could not be saved.",
        "It is still here in the box below.",
        "Please tell whoever runs this app.",
        "The disk of the data folder is full: make room there. What was saved is kept.",
    ),
    "search_failed": Problem(
        "The documents could not be searched, because the app's memory did not answer.",
        SAVED,
        "Ask again in a moment.",
        "The database could not be read in the middle of an answer: the log says why.",
    ),
    "library_empty": Problem(
        "There are no documents yet, so there is nothing to answer from.",
        "",
        "Add some first.",
        "Nothing was added, or the samples were deleted: add files on the Documents page or by `footnote ingest`.",
    ),
    "question_empty": Problem(
        "There is no question in that.", "", "Write a few words and send them.", "The reader sent only blanks."
    ),
    "too_many_questions": Problem(
        "You have asked many questions in a short time.",
        IN_THE_BOX,
        "Send it again in a moment.",
        "A limit of [limits] for one person is reached: raise it if it comes often.",
    ),
    "queue_full": Problem(
        "Very many people are asking right now.",
        IN_THE_BOX,
        "Send it again in a moment.",
        "More questions wait than [answers] waiting allows: raise at_once, or add a process.",
    ),
    "shutting_down": Problem(
        "The app is being restarted.",
        IN_THE_BOX,
        "Send it again in a moment.",
        "The process was asked to end and lets running answers finish.",
    ),
    "interrupted": Problem(
        "The app stopped in the middle of this answer.",
        "What had arrived is kept.",
        "Ask again.",
        "The process that wrote it was killed, or had to end before the answer did.",
    ),
    "bug": Problem(
        "Something went wrong on our side.",
        SAVED,
        "Try again, and tell us if it happens twice.",
        "An error nobody expected: the log has its places in the code, to be told to whoever maintains this app.",
    ),
}
