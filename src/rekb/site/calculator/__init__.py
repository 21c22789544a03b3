"""What models cost: the formulas, the rows of the calculator, the charts of the models page."""
