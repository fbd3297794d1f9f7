"""What the tasks do, one file a task: each puts the rooms below together and answers with an exit code."""
