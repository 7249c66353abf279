package desk

var customerColumns = []Column{
	{Key: "name", Label: "Name", Required: true, Example: "Hafenbau GmbH", synonyms: []string{"customer", "customer name", "company", "company name", "Firma", "Kunde", "Kundenname", "account name", "nom", "nombre"}},
	{Key: "external_id", Label: "Customer number", Help: "Your own number or code for the customer. A customer with this number is changed, not added again.", Example: "K-1001", synonyms: []string{"customer no", "customer id", "customer code", "code", "number", "no", "id", "external id", "account number", "Kundennummer", "Kunden-Nr", "KdNr", "debitor"}},
	{Key: "type", Label: "Type", Example: "Contractor", synonyms: []string{"customer type", "kind", "category", "Kundentyp", "Typ", "Art"}},
	{Key: "email", Label: "E-mail", Example: "office@hafenbau.example", synonyms: []string{"email", "mail", "e-mail address"}},
	{Key: "phone", Label: "Phone", Example: "+49 40 5550101", synonyms: []string{"telephone", "tel", "phone number", "Telefon"}},
	{Key: "street", Label: "Street", Example: "Kaistraße 4", synonyms: []string{"address", "street address", "address line 1", "Straße", "Strasse", "Anschrift"}},
	{Key: "postal_code", Label: "Postal code", Example: "20457", synonyms: []string{"zip", "zip code", "postcode", "PLZ", "Postleitzahl"}},
	{Key: "city", Label: "City", Example: "Hamburg", synonyms: []string{"town", "Ort", "Stadt"}},
	{Key: "country", Label: "Country", Example: "Germany", synonyms: []string{"Land", "nation"}},
	{Key: "contact_name", Label: "Contact name", Example: "Jana Petersen", synonyms: []string{"contact", "contact person", "Ansprechpartner", "Kontakt"}},
	{Key: "contact_email", Label: "Contact e-mail", Example: "jana@hafenbau.example", synonyms: []string{"contact email", "contact mail"}},
	{Key: "contact_phone", Label: "Contact phone", Example: "+49 40 5550102", synonyms: []string{"contact telephone", "contact mobile", "mobile"}},
	{Key: "groups", Label: "Groups", Help: "Its business units, parted by semicolons. Those that are missing are added.", Example: "Hamburg; Bremen", synonyms: []string{"group", "group names", "business units", "departments", "branches", "Gruppen", "Niederlassungen"}},
}
