package report

import (
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// twoCases sets the economic and the financial case side by side, each line with
// whose budget it falls in and whether it is cash. The economic case counts all
// care that is avoided; the financial one what releases money already budgeted.
func twoCases(r *montecarlo.Result) (Table, bool) {
	t := Table{
		Title:   "Economic and financial case, by whose budget it is, central projection",
		Columns: append(textColumns("", "whose budget", "cash"), figureColumns("economic case", "financial case")...),
	}
	central := func(name string, of ...string) float64 {
		s, _ := r.Totals.Of(name, of...)
		return s.Central
	}
	public, cash := central(montecarlo.NetPublic), central(montecarlo.NetCashable)
	outside := outsidePayers(r.Version.Programme)
	others := 0.0
	for _, payer := range outside {
		others += central(montecarlo.Payments, payer)
	}
	for _, c := range r.Ledger.Shape.Commissioners {
		avoided, cashable, paid := central(montecarlo.Avoided, c), central(montecarlo.Cashable, c), central(montecarlo.Payments, c)
		t.add(text(c))
		t.part(text("care avoided that releases budget"), text(c), text("cash in"), money(cashable), money(cashable))
		t.part(text("other care avoided"), text(c), text("not cash"), money(avoided-cashable), none())
		t.part(text("outcome payments"), text(c), text("cash out"), money(-paid), money(-paid))
		t.part(text("what is left to the council"), text(c), Cell{}, money(avoided-paid), money(cashable-paid))
	}
	if len(outside) > 0 {
		t.add(text("Payers other than councils"))
		t.part(text("outcome payments"), text(words.And(outside)), text("cash out"), money(-others), money(-others))
	}
	t.add(text("All together"), text("public purse"), Cell{}, money(public), money(cash))
	t.Notes = []string{"Care avoided falls in the budget of the council that pays for the child's care, outcome payments in that of whoever makes them. Care avoided that releases budget is the cashable saving; the rest is spending that would have come about and was never in a budget, and other public bodies' savings are not counted at all. Amounts below £0 go out. Shown in whole £, parts may differ from totals by £1."}
	return t, len(r.Ledger.Shape.Commissioners) > 0
}
