"""The input methods of this desk: phrases put into them for a shift, and taken out again."""
