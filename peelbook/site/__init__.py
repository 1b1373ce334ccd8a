"""The site that holds the books of all forces: front page, and the way from book to book.

Nothing here knows what a book says.
"""
