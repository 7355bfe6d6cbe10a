"""Papers of the register: certificates as PDF, drafts as editable .docx."""
