"""Excel in and out: the office lives in workbooks, and the register meets it there."""
