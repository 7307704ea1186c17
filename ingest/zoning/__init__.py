"""The parts of zoning: lines, the wording of site furniture, reader comments, headings and quotations."""
