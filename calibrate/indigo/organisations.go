package indigo

// An export may have a file of organisations, which gives each id a name. Nothing else in
// it is read: it also has addresses and contacts.

// organisation reads a row of the file of organisations.
func (r *reader) organisation(w row) {
	id, name := w.get("ID"), w.get("Name")
	switch {
	case id == "":
		w.leaveOut("ID", "", "it has no organisation id")
	case r.organisations[fold(id)] != "":
		w.leaveOut("ID", id, "organisation "+quote(id)+" already has a row")
	case name == "":
		w.leaveOut("Name", "", "the organisation has no name")
	default:
		r.organisations[fold(id)] = name
	}
}

// called gives a project the names of the organisations that it mentions.
func (r *reader) called(p *Project) {
	add := func(ids ...string) {
		for _, id := range ids {
			if name := r.organisations[fold(id)]; name != "" {
				if p.Organisations == nil {
					p.Organisations = map[string]string{}
				}
				p.Organisations[id] = name
			}
		}
	}
	for _, c := range p.Commitments {
		add(c.Organisation)
	}
	for _, i := range p.Investments {
		add(i.Organisation)
	}
	for _, pay := range p.Payments {
		add(pay.Payers...)
		add(pay.Payees...)
	}
}

// Organisation is what an organisation is called: its name, where the export has a file of
// them, or its id.
func (p Project) Organisation(id string) string {
	if name := p.Organisations[id]; name != "" {
		return name
	}
	return id
}

// withID is a name with the id behind it; the id where there is no name.
func (p Project) withID(id string) string {
	if name := p.Organisations[id]; name != "" {
		return name + " (" + id + ")"
	}
	return id
}
