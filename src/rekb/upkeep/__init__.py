"""What became of works since they were entered: links, published versions, and proposals that say so."""
