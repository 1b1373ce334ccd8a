/* This book stands alone. A site of books replaces this file; see peelbook/site/scripts.py. */
window.PEEL_SITE_ROOT = null;
