package main

// levelsHelp says what the column level of CSV holds, for the help of commands whose
// CSV has one figure in a row.
const levelsHelp = `CSV has one figure in a row. Its column level says which rows may be added up: rows of
one level, never rows of two.
  total        the whole programme over the whole contract
  cohort, council, metric, payer, state, target, investor
               the figure of each of them
  by year, by quarter, after any of these: total by year, council by quarter
               the same by financial year or by quarter
  plan by quarter, metric up to a day
               what was published, beside total by quarter
Central figures and means add up. Quantiles, errors, probabilities, ratios and rates do
not. Net saving and cashable saving less own payments are each council's, net public
saving and cashable saving less all payments of all together: what other payers pay lies
between. Quarters are those of the financial year, as in Q3 2020/21; period_ends is the
last day, to sort by.`
