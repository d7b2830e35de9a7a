package indigo

import (
	"cmp"
	"slices"
	"strings"
)

// project reads a row of the projects file.
func (r *reader) project(w row) {
	id := w.get("ID")
	if id == "" {
		w.leaveOut("ID", "", "it has no project id")
		return
	}
	if i, ok := r.byID[fold(id)]; ok {
		w.leaveOut("ID", id, "project "+quote(r.data.Projects[i].ID)+" already has a row")
		return
	}
	r.byID[fold(id)] = len(r.data.Projects)
	r.data.Projects = append(r.data.Projects, Project{
		ID:               id,
		Name:             w.get("Impact Bond Name"),
		AlternativeNames: w.get("Alternative Names"),
		Stage:            w.get("Stage of Development"),
		Dates: Dates{
			ContractSigned:        w.when(dates + "Date outcomes contract signed"),
			AllContractsSigned:    w.when(dates + "Date contracts between all parties signed"),
			AnticipatedCompletion: w.when(dates + "Anticipated completion date"),
			Completion:            w.when(dates + "Actual completion date"),
			ServiceStart:          w.when(dates + "Start date of service provision"),
			AnticipatedServiceEnd: w.when(dates + "Anticipated end date of service provision"),
			ServiceEnd:            w.when(dates + "Actual end date of service provision"),
			AnticipatedMonths:     w.number(dates + "Anticipated duration of service provision"),
			Months:                w.number(dates + "Actual duration of service provision"),
			Remark:                w.get(dates + "(Notes)"),
		},
		Finance: w.finance(),
		Users: Users{
			Targeted:     w.number(service + "Targeted number of unique service users or beneficiaries (total)"),
			TargetedUnit: w.get(service + "Unit type of targeted service users or beneficiaries"),
			TargetedIs:   w.get(service + "Unit description of targeted service user or beneficiaries"),
			Actual:       w.number(service + "Actual number of unique service users or beneficiaries engaged (total)"),
			ActualUnit:   w.get(service + "Unit type of actual service users or beneficiaries engaged"),
			ActualIs:     w.get(service + "Unit description of actual service user or beneficiaries engaged"),
			Remark:       w.get(service + "(Notes)"),
		},
		TargetPopulation: w.get(service + "Target population"),
		SocialChallenge:  w.get(purpose + "Social challenge"),
		Intervention:     w.get(purpose + "Intervention"),
		PolicySector:     w.get(purpose + "Policy sector"),
		COVID:            w.get("Changes to project due to COVID-19"),
		Remark:           w.get(remark),
	})
}

// finance reads the overall finance of a project.
func (w row) finance() Finance {
	f := Finance{
		CapitalCurrency:   w.currency(finance + "Total investment commitment - Currency"),
		MaximumCurrency:   w.currency(finance + "Maximum potential outcome payment - Currency"),
		MadeCurrency:      w.currency(finance + "Total outcome payments made - Currency"),
		MaximumLoss:       w.get(finance + "Maximum potential loss"),
		MaximumReturnType: w.get(finance + "Maximum potential return type"),
		MaximumReturn:     w.get(finance + "Maximum potential return"),
		InvestorRepayment: w.get(finance + "Investor repayment"),
		TargetReturn:      w.get(details + "Internal Rate of Return - Target"),
		LatestReturn:      w.get(details + "Internal Rate of Return - Latest"),
		Contracting:       w.get(finance + "Configuration of the Contracting Parties"),
		Remark:            w.get(finance + "(Notes)"),
	}
	f.Capital = w.amounts(finance+"Total investment commitment - Amount - ", &f.CapitalCurrency)
	f.Maximum, f.MaximumText = w.amount(finance+"Maximum potential outcome payment - Amount", &f.MaximumCurrency)
	f.Made, f.MadeText = w.amount(finance+"Total outcome payments made - Amount", &f.MadeCurrency)
	return f
}

// owner returns the project that a row belongs to; nil if the row has none and
// is left out.
func (r *reader) owner(w row) *Project {
	id := w.get(projectID)
	if id == "" {
		w.leaveOut(projectID, "", "it has no project id")
		return nil
	}
	i, ok := r.byID[fold(id)]
	if !ok {
		i = len(r.data.Projects)
		r.byID[fold(id)] = i
		r.data.Projects = append(r.data.Projects, Project{ID: id})
		if r.data.Files[0].Name != "" {
			r.data.Notes = append(r.data.Notes, Note{Project: id, File: w.s.file, Row: w.row, Text: "this project is not in the projects file, so only its id is known"})
		}
	}
	p := &r.data.Projects[i]
	if p.ID != id {
		w.repair(projectID, id, p.ID, "the project's id is written differently in another row")
	}
	return p
}

// metric reads a row of the file of metrics.
func (r *reader) metric(w row) {
	if p := r.owner(w); p != nil {
		p.Metrics = append(p.Metrics, Metric{
			ID:          w.id("Id"),
			Definition:  w.get("Outcome Definition"),
			Population:  w.get("Target Population"),
			Target:      w.number("Targeted number of service users Or beneficiaries (total)"),
			Unit:        w.get("Unit type of targeted Service users or beneficiaries"),
			UnitIs:      w.get("Unit description of Service user or beneficiaries"),
			Outcome:     w.get("Outcome metric target"),
			OtherTarget: w.get("Other target for Meeting outcome metric target"),
			Validation:  w.get("Outcome validation Method"),
			Remark:      w.get(remark),
			Row:         w.row,
		})
	}
}

// plan reads a row of the file of payment plans.
func (r *reader) plan(w row) {
	p := r.owner(w)
	if p == nil {
		return
	}
	plan := Plan{ID: w.id(planID), Valid: w.period(), Remark: w.get(remark), Row: w.row}
	key := [2]string{p.ID, plan.ID}
	if first, ok := r.plans[key]; ok {
		w.leaveOut(planID, plan.ID, "the project already has a plan with this id, valid "+first.String())
		return
	}
	r.plans[key] = plan.Valid
	p.Plans = append(p.Plans, plan)
}

// payment reads a row of the file of payments.
func (r *reader) payment(w row) {
	p := r.owner(w)
	if p == nil {
		return
	}
	r.payments = w.s
	pay := Payment{
		Type:     w.paymentType(),
		Plan:     w.id(planID),
		Metrics:  lower(w.ids(metricID)),
		Period:   w.period(),
		Payers:   w.ids("Payer Organisation ID"),
		Payees:   w.ids("Recipient Organisation ID"),
		Currency: w.currency("Payments - Currency"),
		Remark:   w.get(remark),
		Row:      w.row,
	}
	pay.Amount, pay.AmountText = w.amount("Payments - Amount", &pay.Currency)
	p.Payments = append(p.Payments, pay)
}

// paymentType returns Planned or Actual; empty if the row does not say, or says
// something else.
func (w row) paymentType() string {
	given := w.get("Type")
	for _, t := range []string{Planned, Actual} {
		if strings.EqualFold(given, t) {
			if given != t {
				w.repair("Type", given, t, "types have a capital")
			}
			return t
		}
	}
	w.repair("Type", given, "", "the type is neither Planned nor Actual, so the payment counts as neither")
	return ""
}

// lower puts ids in small letters.
func lower(ids []string) []string {
	for i := range ids {
		ids[i] = strings.ToLower(ids[i])
	}
	return ids
}

// commitment reads a row of the file of commitments.
func (r *reader) commitment(w row) {
	p := r.owner(w)
	if p == nil {
		return
	}
	c := Commitment{
		Organisation: w.get(orgID),
		Role:         w.get(orgRole),
		Currency:     w.currency("Maximum potential Outcome payment - Currency"),
		PaidCurrency: w.currency("Total outcome payments made - Currency"),
		Result:       w.get("Result type"),
		Period:       w.period(),
		Alteration:   w.both("Alterations to payment commitment - Description", "Alterations to payment commitment - Reason", "; "),
		Remark:       w.get(remark),
		Row:          w.row,
	}
	c.Maximum, c.MaximumText = w.amount("Maximum potential Outcome payment - Amount", &c.Currency)
	c.Paid, c.PaidText = w.amount("Total outcome payments made - Amount", &c.PaidCurrency)
	p.Commitments = append(p.Commitments, c)
}

// achievement reads a row of the file of results.
func (r *reader) achievement(w row) {
	p := r.owner(w)
	if p == nil {
		return
	}
	achieved, text := w.numberOrText("Outcomes achieved")
	p.Achievements = append(p.Achievements, Achievement{
		Metric:       w.id(metricID),
		Level:        w.get("Result level"),
		Type:         w.get("Result type"),
		Period:       w.period(),
		Achieved:     achieved,
		AchievedText: text,
		Engaged:      w.number("Number engaged In impact bond"),
		Positive:     w.number("Number with Positive social outcomes"),
		Description:  w.get("Other Description of result"),
		Remark:       w.get(remark),
		Row:          w.row,
	})
}

// investment reads a row of the file of investments.
func (r *reader) investment(w row) {
	p := r.owner(w)
	if p == nil {
		return
	}
	i := Investment{
		ID:           w.get("Id"),
		Organisation: w.get(orgID),
		Role:         w.get(orgRole),
		Type:         w.get("Investment Type"),
		Currency:     w.currency("Investment Commitment - Currency"),
		MaximumLoss:  w.get("Maximum Potential loss"),
		ReturnType:   w.get("Maximum Potential Return Type"),
		Return:       w.get("Maximum Potential Return"),
		Repayment:    w.get("Investor Repayment"),
		Remark:       w.get(remark),
		Row:          w.row,
	}
	i.Amount = w.amounts("Investment Commitment - Amount - ", &i.Currency)
	p.Investments = append(p.Investments, i)
}

// pricing reads a row of the file of prices.
func (r *reader) pricing(w row) {
	p := r.owner(w)
	if p == nil {
		return
	}
	price := Pricing{
		Metric:      w.id(metricID),
		Currency:    w.currency("Currency"),
		Increases:   w.get("Contracted increases to outcome pricing"),
		Description: w.get("Price Description"),
		Remark:      w.get(remark),
		Row:         w.row,
	}
	price.Unit, price.UnitText = w.amount("Price Per Unit - Amount", &price.Currency)
	price.Maximum, price.MaximumText = w.amount("Maximum Price if all targets achieved - Amount", &price.Currency)
	p.Pricings = append(p.Pricings, price)
}

// tidy puts a project's payments in order, with their plans.
func (r *reader) tidy(p *Project) {
	order := map[string]int{}
	for i, plan := range p.Plans {
		order[plan.ID] = i
	}
	for _, pay := range p.Payments {
		if _, ok := order[pay.Plan]; !ok && pay.Plan != "" {
			order[pay.Plan] = len(p.Plans)
			p.Plans = append(p.Plans, Plan{ID: pay.Plan})
			r.data.Notes = append(r.data.Notes, Note{Project: p.ID, File: r.file(), Row: pay.Row, Text: "payments name " + pay.Plan + ", which is not in the plans file"})
		}
	}
	for _, group := range series(p.Payments) {
		r.mend(p.Payments, group)
	}
	types := []string{Planned, Actual, ""}
	slices.SortStableFunc(p.Payments, func(a, b Payment) int {
		return cmp.Or(
			cmp.Compare(slices.Index(types, a.Type), slices.Index(types, b.Type)),
			cmp.Compare(order[a.Plan], order[b.Plan]),
			a.Period.From.Compare(b.Period.From),
			a.Period.To.Compare(b.Period.To),
			cmp.Compare(a.Row, b.Row),
		)
	})
}

// file is the file of payments.
func (r *reader) file() string {
	i := slices.IndexFunc(r.data.Files, func(f File) bool { return f.Table == "projects_outcome_payments" })
	return r.data.Files[i].Name
}
