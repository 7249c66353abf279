package desk

import (
	"context"
	"slices"
	"strconv"

	"gatehouse/store"
)

var jobColumns = []Column{
	{Key: "external_id", Label: "D.O. number", Required: true, Help: "The number the job has elsewhere. Rows with the same number are items of one job; a number that is known here changes that job.", Example: "DO-10234",
		synonyms: []string{"do no", "do", "do #", "d.o. no.", "do number", "delivery order", "delivery order no", "order", "order no", "order number", "order id", "job no", "job number", "job id", "ticket", "ticket number", "reference", "ref", "ref no", "work order", "work order no", "unique key", "id", "external id", "request id", "case number", "Auftragsnummer", "Auftrag", "Lieferschein", "Lieferscheinnummer"}},
	{Key: "kind", Label: "Kind", Help: "work order, delivery or collection", Example: "Delivery", synonyms: []string{"type", "job type", "type of job", "delivery or collection", "order type", "Art", "Auftragsart"}},
	{Key: "day", Label: "Date", Help: "The day it is done.", Example: "2026-03-01", synonyms: []string{"delivery date", "collection date", "job date", "scheduled date", "schedule date", "scheduled", "planned date", "day", "Datum", "Lieferdatum", "Termin"}},
	{Key: "from", Label: "Time from", Help: "Start of the time window; both times may stand in this one column.", Example: "08:00", synonyms: []string{"time window", "time slot", "timeslot", "window", "start time", "from time", "time", "delivery time", "Uhrzeit", "Zeit von", "Zeitfenster"}},
	{Key: "to", Label: "Time to", Example: "12:00", synonyms: []string{"end time", "to time", "Zeit bis"}},
	{Key: "customer", Label: "Customer code", Help: "Your number of the customer, or the code or name of its group.", Example: "K-1001", synonyms: []string{"customer id", "customer no", "customer number", "client code", "client id", "account", "account no", "account number", "debtor", "agency", "Kundennummer", "Kunden-Nr", "Debitor"}},
	{Key: "customer_name", Label: "Customer name", Help: "Where there is no code.", Example: "", synonyms: []string{"customer", "client", "client name", "account name", "shipper", "shipper name", "company", "agency name", "Kunde", "Kundenname", "Firma"}},
	{Key: "group", Label: "Group", Help: "By name or code.", Example: "", synonyms: []string{"group name", "group code", "business unit", "depot", "branch", "borough", "region", "Gruppe", "Niederlassung"}},
	{Key: "subject", Label: "Subject", Help: "What there is to do; a work order needs it.", Example: "", synonyms: []string{"title", "job", "task", "work", "service", "problem", "complaint type", "request type", "summary", "Betreff", "Tätigkeit"}},
	{Key: "description", Label: "Description", Help: "The customer can read it.", Example: "", synonyms: []string{"details", "descriptor", "job description", "problem description", "work description", "Beschreibung"}},
	{Key: "instructions", Label: "Instructions", Help: "For whoever does it; customers do not see it.", Example: "Ring twice", synonyms: []string{"instruction", "driver notes", "delivery instructions", "remarks", "remark", "notes", "note", "Anweisung", "Bemerkung", "Hinweis"}},
	{Key: "contact_name", Label: "Deliver to / collect from", Example: "Ana Lopes", synonyms: []string{"deliver to", "collect from", "recipient", "consignee", "receiver", "contact", "contact name", "contact person", "attention", "name", "Empfänger", "Ansprechpartner"}},
	{Key: "contact_phone", Label: "Phone", Example: "+49 40 123456", synonyms: []string{"phone number", "phone no", "telephone", "mobile", "contact number", "contact no", "Telefon"}},
	{Key: "contact_email", Label: "E-mail", Example: "", synonyms: []string{"email", "e-mail address", "notify email", "contact email"}},
	{Key: "address", Label: "Address", Example: "Harbour street 4", synonyms: []string{"delivery address", "collection address", "address 1", "address line 1", "street", "street address", "incident address", "ship to address", "Adresse", "Anschrift", "Straße", "Lieferadresse"}},
	{Key: "address2", Label: "Address, second line", Example: "", synonyms: []string{"address 2", "address line 2", "unit no", "Adresszusatz"}},
	{Key: "crossing", Label: "Intersection", Help: "Where there is no address: the streets that cross there.", Example: "", synonyms: []string{"intersection street 1", "intersection street", "crossing", "Kreuzung"}},
	{Key: "crossing2", Label: "Intersection, second street", Example: "", synonyms: []string{"intersection street 2"}},
	{Key: "postal", Label: "Postal code", Example: "20457", synonyms: []string{"zip", "zip code", "postcode", "incident zip", "PLZ", "Postleitzahl"}},
	{Key: "city", Label: "City", Example: "Hamburg", synonyms: []string{"town", "Ort", "Stadt"}},
	{Key: "state", Label: "State", Help: "Of the address.", Example: "", synonyms: []string{"province", "county", "Bundesland"}},
	{Key: "country", Label: "Country", Example: "", synonyms: []string{"Land"}},
	{Key: "lat", Label: "Latitude", Help: "In degrees. Both coordinates may stand in this one column.", Example: "53.5436", synonyms: []string{"lat", "coordinates", "gps", "Breitengrad"}},
	{Key: "lon", Label: "Longitude", Example: "9.9652", synonyms: []string{"lon", "lng", "long", "Längengrad"}},
	{Key: "status", Label: "Status", Help: "Only for jobs that are not here yet.", Example: "", synonyms: []string{"job status", "state of job", "order status", "Stand"}},
	{Key: "reason", Label: "Reason", Help: "Why it failed, waits, or was cancelled.", Example: "", synonyms: []string{"failed reason", "cancel reason", "Grund"}},
	{Key: "priority", Label: "Priority", Example: "", synonyms: []string{"prio", "urgency", "severity", "Priorität"}},
	{Key: "received_at", Label: "Received", Help: "When it came in; without it now.", Example: "", synonyms: []string{"created", "created date", "created at", "date created", "opened", "opened at", "reported", "received at", "received date", "order date", "Eingang", "Eingangsdatum"}},
	{Key: "due_by", Label: "Due by", Example: "", synonyms: []string{"due", "due date", "deadline", "complete by", "target date", "fällig", "Frist"}},
	{Key: "done_at", Label: "Done", Help: "When it was done, if it was.", Example: "", synonyms: []string{"closed date", "closed", "closed at", "date closed", "completed", "completed at", "completed date", "completion date", "delivered at", "done at", "erledigt am", "Erledigt"}},
	{Key: "assignee", Label: "Assign to", Help: "The e-mail address or the name of one of your people, or a vehicle's name.", Example: "", synonyms: []string{"assigned to", "assignee", "driver", "technician", "vehicle", "van", "truck", "Fahrer", "Techniker", "Fahrzeug"}},
	{Key: "asset", Label: "Asset", Help: "Its ID, serial number or PIN.", Example: "", synonyms: []string{"asset id", "machine", "equipment", "serial number", "Gerät", "Maschine"}},
	{Key: "sku", Label: "Item number", Example: "SKU-1", synonyms: []string{"sku", "item code", "item no", "item", "product code", "article", "article number", "part number", "Artikelnummer", "Artikel"}},
	{Key: "item", Label: "Item", Help: "What is brought or fetched.", Example: "Concrete C25", synonyms: []string{"item description", "product", "product name", "goods", "article description", "item name", "Artikelbezeichnung", "Bezeichnung", "Ware"}},
	{Key: "quantity", Label: "Quantity", Example: "12", synonyms: []string{"qty", "amount", "pieces", "pcs", "Menge", "Anzahl"}},
	{Key: "unit", Label: "Unit", Example: "bags", synonyms: []string{"uom", "unit of measure", "Einheit"}},
	{Key: "serials", Label: "Serial numbers", Help: "Of the item.", Example: "", synonyms: []string{"serial numbers", "serials", "item serial", "Seriennummern"}},
}

// jobFieldKey is the key of the column of a provider's own field of jobs.
func jobFieldKey(id store.JobFieldID) string { return "job_field." + strconv.FormatInt(int64(id), 10) }

func jobColumnsOf(ctx context.Context, s store.Staff) ([]Column, error) {
	fields, err := s.JobFields(ctx)
	if err != nil {
		return nil, err
	}
	out := slices.Clone(jobColumns)
	for _, f := range fields {
		out = append(out, Column{Key: jobFieldKey(f.ID), Label: f.Label, Help: map[string]string{"number": "A number", "date": "A date", "yesno": "yes or no"}[f.Kind]})
	}
	return out, nil
}
