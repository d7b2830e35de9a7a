package report

import (
	"fmt"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// pricesNotes say what inflation does to the figures of a programme; nothing is
// said of one that states none.
func pricesNotes(p *model.Programme, prices contract.Prices) []string {
	if p.Inflation == 0 {
		return nil
	}
	rate := words.Rate(p.Inflation) + " a year"
	switch {
	case prices == contract.Cash:
		note := fmt.Sprintf("amounts are in cash, which is constant prices × (1 + %s) for each financial year since %s. Earnings and savings take the financial year of their quarter, cash flows that of the day of payment.",
			words.Rate(p.Inflation), p.PriceYear)
		if len(p.SavingsTargets)+len(p.Affordability) > 0 {
			note += " Whether a savings target is met, or a limit of what is affordable exceeded, is judged in the prices of the target or limit itself."
		}
		return []string{note}
	case p.Indexed():
		return []string{fmt.Sprintf("amounts with an indexation of their own are in cash, and are brought into constant prices with inflation of %s from %s on. Everything else keeps its value.", rate, p.PriceYear)}
	}
	return []string{fmt.Sprintf("inflation of %s changes no figure here, because no amount has an indexation of its own and no rate is nominal: everything keeps its value. Figures in cash (--prices cash) rise with it.", rate)}
}
