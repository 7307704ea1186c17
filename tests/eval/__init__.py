"""The exam: labelled documents, questions with expectations, and the gate that holds both to their floors."""
