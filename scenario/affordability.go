package scenario

import (
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// affordability reads the most that commissioners can pay in a financial year.
func (d *decoder) affordability(c cursor) []model.Affordable {
	var limits []model.Affordable
	for _, item := range c.list() {
		f := item.fields("commissioner", "year", "amount", "indexation")
		limit := model.Affordable{
			Commissioner: f.need("commissioner", sentence("the commissioner who can pay no more")).name(d.commissioners),
			Amount:       f.need("amount", anAmount).amount(),
			Indexation:   f.may("indexation").indexation(),
		}
		f.need("year", aFinancialYear).programmeYear(&limit.Year)
		limits = append(limits, limit)
	}
	return limits
}

var aFinancialYear = want{"a financial year", "2021/22"}

// programmeYear reads a financial year of the programme.
func (c cursor) programmeYear(year *calendar.FinancialYear) {
	c.unmarshal(year, aFinancialYear)
	if problem := c.d.outside(*year); problem != "" && c.sound() {
		c.fault("%s", problem)
	}
}
