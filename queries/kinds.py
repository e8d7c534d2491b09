"""The kinds of record."""

RECORDS = {
    "institutions": "institution_id",
    "inspections": "inspection_id",
    "hazards": "hazard_id",
    "trainings": "training_id",
    "drills": "drill_id",
    "complaints": "complaint_id",
    "activities": "activity_id",
    "task_progress": "task_progress_id",
    "measures": "measure_id",
}
"""The table of each kind, and the column that numbers its records from 1."""
